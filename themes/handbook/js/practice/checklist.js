/* Ticks that last, and how many there are. An item whose words were changed keeps its tick and says what it said before; a tick
   whose item is gone is listed below. */
(function (prepbook) {
  "use strict";
  const { ticks } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;

  define(".practice-checklist[data-id]", (list, signal) => {
    const { id = "", phase = "", count = "0" } = list.dataset;
    const items = [...list.querySelectorAll(".task[data-key]")].flatMap((place) => {
      const box = /** @type {HTMLInputElement | null} */ (place.querySelector("input[type=checkbox]"));
      return box ? [{ key: place.getAttribute("data-key") ?? "", text: box.ariaLabel ?? "", box, place }] : [];
    });
    const progress = make("span", { class: "progress" });
    const clear = tool(text.untick, () => {
      keep({ ...kept(), ...Object.fromEntries(items.map((item) => [item.key, now(item.text, false)])) });
      items[0]?.box.focus();
    });
    const gone = make("div", { class: "gone" });

    const isHere = (/** @type {string} */ key) => items.some((item) => item.key === key);
    const kept = () => keeper.get("ticks", id)?.items ?? {};
    /** @param {Record<string, Tick>} next */
    function keep(next) {
      const done = Object.keys(next).filter((key) => isHere(key) && !next[key].off).length;
      keeper.set("ticks", id, { phase, count: Number(count), done, items: next });
    }
    /** An item without its tick is kept as well: of two copies, the later one is right. @param {boolean} on */
    const now = (/** @type {string} */ text, on) => ({ text, at: Date.now(), ...(on ? {} : { off: /** @type {true} */ (true) }) });
    /** @param {string} key @param {string} text @param {boolean} on */
    const put = (key, text, on) => keep({ ...kept(), [key]: now(text, on) });

    /** What the item said when it was ticked. @param {string} key @param {Tick} tick @param {Element} place */
    function change(key, { text: words, was }, place) {
      const settled = tool(text.tick_holds, () => {
        put(key, words, true);
        /** @type {HTMLElement | null} */ (place.querySelector("input"))?.focus();
      });
      return make("p", { class: "changed" }, fill(text.tick_changed, { was: was ?? null }), " ", settled);
    }

    function show() {
      const before = kept();
      const settled = ticks.settle(items, before);
      if (JSON.stringify(settled) !== JSON.stringify(before)) return void keep(settled); // Which shows it.
      const on = new Map(Object.entries(settled).filter(([, { off }]) => !off));
      for (const { key, box, place } of items) {
        const tick = on.get(key);
        box.checked = !!tick;
        place.querySelector(".changed")?.remove();
        if (tick?.was !== undefined) place.append(change(key, tick, place));
      }
      const done = items.filter(({ box }) => box.checked).length;
      const left = [...on].filter(([key]) => !isHere(key));
      if (done) progress.replaceChildren(fill(text.ticked, { done, count: items.length }), " ", clear);
      progress.hidden = !done;
      gone.replaceChildren(...(left.length ? [make("p", { class: "part-label" }, text.ticked_gone)] : []), ...left.map(([key, tick]) => {
        const forget = tool(text.tick_forget, () => put(key, tick.text, false));
        return make("p", {}, tick.text, " ", forget);
      }));
    }

    for (const { key, text: words, box } of items) {
      box.addEventListener("change", () => put(key, words, box.checked), { signal });
    }
    list.querySelector(".practice-facts")?.append(progress);
    list.append(gone);
    keeper.watch("ticks", show, signal);
    show();
  });
})(prepbook);
