/* Which story of the reader's own serves which principle, as a table; what is missing, in words; and with each principle what there
   is to tell for it. */
(function (prepbook) {
  "use strict";
  const { spoken, stories } = prepbook.core;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, stories: own } = prepbook.exercises;
  const { text } = prepbook;

  define(".own-matrix", (box, signal) => {
    const gaps = /** @type {HTMLElement} */ (document.querySelector(".own-gaps"));
    const nothing = [...gaps.children];
    /** @type {[string, OwnStory][]} */
    let all = [];
    /** @type {{id: string, name: string, told: HTMLElement}[]} */
    let principles = [];
    const cell = (/** @type {"row" | "col"} */ scope, /** @type {Node | string} */ what) => make("th", { scope }, what);
    const named = (/** @type {string} */ id) => make("a", { href: "#" + id }, principles.find((principle) => principle.id === id)?.name ?? id);
    const titled = (/** @type {string} */ id) => make("a", { href: "#story." + id }, own.title(/** @type {OwnStory} */ (all.find(([each]) => each === id)?.[1])));

    function table() {
      const rows = principles.map(({ id }) => {
        const serving = all.map(([, story]) => story.principles.includes(id));
        const count = serving.filter(Boolean).length;
        return make("tr", {}, cell("row", named(id)), make("td", {}, count ? String(count) : make("span", { class: "gap" }, text.own_none)),
          ...serving.map((serves) => make("td", {}, serves ? make("span", { class: "dot", role: "img", "aria-label": text.own_serves }, "●") : "")));
      });
      const numbers = all.map(([id, story], index) => make("a", { href: "#story." + id, "aria-label": `${index + 1}. ${own.title(story)}` }, String(index + 1)));
      return make("table", { class: "sheet matrix" },
        make("thead", {}, make("tr", {}, ...[text.own_principle, text.own_stories, ...numbers].map((what) => cell("col", what)))), make("tbody", {}, ...rows));
    }
    function words() {
      const { none, one, many } = stories.cover(principles.map(({ id }) => id), all);
      /** @type {[string, Node[]][]} */
      const lists = [[text.own_unserved, none.map(named)], [text.own_single, one.map(named)], [text.own_crowded, many.map(titled)]];
      return lists.flatMap(([what, links]) => (links.length ? [make("p", {}, what, ...links.flatMap((link, index) => [index ? ", " : " ", link]))] : []));
    }
    function show() {
      all = own.all();
      principles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".workshop-principle")]).map((section) => ({
        id: section.dataset.principle ?? "",
        name: section.querySelector("h2")?.textContent ?? "",
        told: /** @type {HTMLElement} */ (section.querySelector(".told")),
      }));
      box.replaceChildren(...(all.length ? [table()] : []));
      gaps.replaceChildren(...(all.length ? words() : nothing));
      for (const { id, told } of principles) {
        // Of each story the first sentence and the numbers.
        const items = all.map(([each, story], index) => make("li", { value: String(index + 1) }, titled(each), " ", spoken.sentence(story.situation),
          make("ul", {}, ...stories.lines(story.metrics).map((line) => make("li", {}, line))))).filter((_, index) => all[index][1].principles.includes(id));
        told.querySelector("ol")?.remove();
        if (items.length) told.prepend(make("ol", {}, ...items));
      }
    }

    keeper.watch("stories", show, signal);
    show();
  });

  define(".told button", (button, signal) => {
    const { principle = "" } = /** @type {HTMLElement} */ (button.closest("[data-principle]")).dataset;
    button.addEventListener("click", () => own.add([principle]), { signal });
  });
})(prepbook);
