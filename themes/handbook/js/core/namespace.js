/* Makes the one global name that every other script registers on, and keeps what the book's data files register, by name. It
   must not know any of it. What is there already stays: the texts of the interface are written in front of this script. */
globalThis.prepbook = /** @type {any} */ ({
  data: (/** @type {string} */ name, /** @type {unknown} */ value) => prepbook.values.set(name, value),
  values: new Map(),
  core: {},
  platform: {},
  elements: {},
  .../** @type {any} */ (globalThis.prepbook),
});
