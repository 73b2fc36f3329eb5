/* What the reader has done, at the end of the page of all practice: how much of it there is, a copy of it to save or to load, and
   what may be cleared. Whatever it replaces can be had back until the page is closed. */
(function (prepbook) {
  "use strict";
  const { keeping } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { copies, keeper } = prepbook.platform;
  const { define, make } = prepbook.elements;
  const { tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, TextForms>} */ (/** @type {unknown} */ (text));
  const FAULTS = { form: text.copy_form, book: text.copy_book, later: text.copy_later, damaged: text.copy_damaged };

  /** What there is of a collection, such as "3 checklists". @param {string} name @param {Kept[string]} part */
  const amount = (name, { records }) => fill(words["kept_" + name], { count: Object.keys(records).length });
  /** What is listed; a sound is a part of its recording. @param {Kept} kept */
  const listed = (kept) => Object.entries(kept).filter(([name]) => !keeping.collections[name].of);

  define(".keeping", (section, signal) => {
    const [list, said] = [".kept", ".keeping-said"].map((selector) => /** @type {HTMLElement} */ (section.querySelector(selector)));
    const file = /** @type {HTMLInputElement} */ (section.querySelector("input[type=file]"));
    const [save, persist] = section.querySelectorAll("button");
    const nothing = [...list.children];
    const box = make("input", { type: "checkbox" });
    const whole = make("label", { hidden: "" }, box, " ", text.copy_with);

    /** @param {(Node | string)[]} parts */
    function say(...parts) {
      said.replaceChildren(make("p", { class: "tools-row", tabindex: "-1" }, ...parts));
      /** @type {HTMLElement} */ (said.firstChild).focus();
    }
    async function show() {
      const kept = await keeper.all();
      const parts = listed(kept).map(([name, part]) => {
        const clear = tool(text.kept_clear, () => put({ ...kept, [name]: { ...part, records: {} } }, fill(text.kept_cleared, { what: amount(name, part) })));
        clear.setAttribute("aria-describedby", "kept." + name);
        return make("li", {}, make("span", { id: "kept." + name }, amount(name, part)), " ", clear);
      });
      list.replaceChildren(...(parts.length ? parts : nothing));
      whole.hidden = !kept.sounds;
    }
    /** @param {Kept} next @param {string} done */
    async function put(next, done) {
      const before = await keeper.all();
      if (!(await keeper.replace(next))) return say(text.copy_unkept);
      const undo = tool(text.kept_undo, async () => say((await keeper.replace(before)) ? text.kept_undone : text.copy_unkept));
      say(done, undo);
    }
    async function load() {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const found = await copies.read(chosen);
      file.value = ""; // The same file may be chosen again.
      if ("fault" in found) return say(fill(FAULTS[found.fault], { place: found.place ?? null }));
      const date = new Date(found.saved).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
      const parts = listed(found.kept).map(([name, part]) => amount(name, part));
      const add = async () => put(keeping.merge(await keeper.all(), found.kept), text.copy_added);
      say(fill(text.copy_found, { date, parts: parts.join(", ") || text.kept_nothing }),
        tool(text.copy_add, add), tool(text.copy_replace, () => put(found.kept, text.copy_replaced)),
        tool(text.copy_leave, () => say(text.copy_left)));
    }

    save.after(" ", whole);
    save.addEventListener("click", async () => {
      const left = await copies.save(box.checked);
      say(left ? text.copy_saved + " " + fill(text.copy_without, { count: left }) : text.copy_saved);
    });
    file.addEventListener("change", load);
    persist.addEventListener("click", async () => say((await navigator.storage.persist().catch(() => false)) ? text.kept_promised : text.kept_not_promised));
    persist.hidden = !navigator.storage?.persist;
    for (const name of Object.keys(keeping.collections)) keeper.watch(/** @type {keyof Records} */ (name), show, signal);
    show();
  });
})(prepbook);
