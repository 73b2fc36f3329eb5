/* The threat model that an exercise is compared with, as the page has it: the exercise itself, what is in its answer, or what on
   the same page the answer leads to. One within a drill is that drill's, and no exercise of its own. */
(function (prepbook) {
  "use strict";

  /** @param {HTMLElement} section @returns {Element | null | undefined} */
  function find(section) {
    if (section.matches(".practice-threat-model")) return section.closest(".practice-drill") ? null : section;
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (section.querySelectorAll(':scope > .answer a[href^="#"]'));
    return section.querySelector(".practice-threat-model")
      ?? [...links].map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)))?.closest(".practice-threat-model")).find(Boolean);
  }

  prepbook.platform.modelAnswer = (section) => {
    const place = /** @type {HTMLElement | undefined} */ (find(section));
    const rows = (/** @type {string} */ name) => /** @type {HTMLTableRowElement[]} */ ([...(place?.querySelectorAll(`tr[data-${name}]`) ?? [])]);
    const list = (ids = "") => ids.split(" ").filter(Boolean);
    const called = (/** @type {HTMLTableRowElement} */ row, id = "") => ({ id, name: row.cells[1].textContent ?? "" });
    const statements = rows("threat");
    return place && statements.length ? {
      place,
      statements,
      model: {
        threats: statements.map((row) => ({ id: row.dataset.threat ?? "", letters: row.dataset.stride ?? "", on: list(row.dataset.on), text: row.querySelector("p")?.textContent ?? "" })),
        places: rows("place").map((row) => ({ ...called(row, row.dataset.place), at: list(row.dataset.at) })),
        boundaries: rows("boundary").map((row) => called(row, row.dataset.boundary)),
      },
    } : undefined;
  };
})(prepbook);
