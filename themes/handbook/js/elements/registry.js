/* Connects behaviour to markup: which selector gets which function, once for each element. It must not know any behaviour. */
(function (prepbook) {
  "use strict";
  /** @typedef {{selector: string, connect: Connect, connected: Map<Node, AbortController>}} Definition */
  /** @type {Definition[]} */
  const definitions = [];

  /** Milliseconds after which a start gives way to the browser: a sixth of a long task (W3C Long Tasks). */
  const SLICE = 8;

  /** @type {(root: ParentNode, selector: string) => NodeListOf<HTMLElement>} */
  const all = (root, selector) => root.querySelectorAll(selector);

  /** @param {Definition} definition @param {HTMLElement} element */
  function connectOne({ connect, connected }, element) {
    if (connected.has(element)) return;
    const listening = new AbortController();
    connected.set(element, listening);
    connect(element, listening.signal);
  }

  prepbook.elements = {
    define: (selector, connect) => void definitions.push({ selector, connect, connected: new Map() }),

    connect(root) {
      for (const definition of definitions) {
        for (const element of all(root, definition.selector)) connectOne(definition, element);
      }
    },

    async start(root) {
      let since = performance.now();
      for (const definition of definitions) {
        for (const element of all(root, definition.selector)) {
          // What came before may have taken it away.
          if (root.contains(element)) connectOne(definition, element);
          // Nobody is to see the page's frame move: it is connected at once.
          if (!element.closest("main") || performance.now() - since < SLICE) continue;
          await new Promise((resolve) => setTimeout(resolve));
          since = performance.now();
        }
      }
    },

    disconnect(root) {
      for (const { connected } of definitions) {
        for (const [element, listening] of connected) {
          if (!root.contains(element)) continue;
          connected.delete(element);
          listening.abort();
        }
      }
    },

    make(name, attributes, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        if (value !== null) element.setAttribute(key, value);
      }
      element.append(...children);
      return element;
    },

    wrap(element, name, ...after) {
      const box = prepbook.elements.make("div", { class: name });
      element.before(box);
      box.append(element, ...after);
    },
  };
})(prepbook);
