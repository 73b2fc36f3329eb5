/* The fixed version of a review's sample as a diff: fetched from its page once the answer is open, coloured as there. Where pages
   cannot be fetched, from a disk, the link to it is all. */
(function (prepbook) {
  "use strict";
  const { diff } = prepbook.core;
  const { text } = prepbook;
  const { connect, make } = prepbook.elements;
  const { define } = prepbook.exercises;

  /** @param {ParentNode} place */
  const linesOf = (place) => /** @type {HTMLElement[]} */ ([...place.querySelectorAll("pre.lines .line")]);
  /** @param {HTMLElement} line */
  const plain = (line) => line.textContent?.trimEnd() ?? "";

  define(".practice-review:has(.review-code) > .review-answer:has(> .review-fixed)", (answer, signal) => {
    const place = /** @type {HTMLElement} */ (answer.querySelector(":scope > .review-fixed"));
    const { href } = /** @type {HTMLAnchorElement} */ (place.querySelector("a"));
    const sample = answer.parentElement?.querySelector(".review-code");
    if (!href.startsWith("http") || !sample) return;
    let asked = false;

    async function show() {
      const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
      const [before, after] = [linesOf(sample ?? page), linesOf(page)];
      if (!after.length || signal.aborted) return;
      const hunks = diff.hunks(diff.lines(before.map(plain), after.map(plain)));
      const shown = hunks.flatMap((hunk) => hunk.map(({ kind, before: old, after: now }, index) => {
        const copy = /** @type {HTMLElement} */ ((now === null ? before[old ?? 0] : after[now]).cloneNode(true));
        for (const bubble of copy.querySelectorAll(".bubble")) bubble.remove();
        return make("span", { class: ["line", ...(kind === "same" ? [] : [kind]), ...(index ? [] : ["hunk"])].join(" ") }, ...copy.childNodes);
      }));
      const figure = make("figure", { class: "code fixed-diff" }, make("figcaption", {}, text.flaw_diff), make("pre", { class: "lines" }, make("code", {}, ...shown)));
      place.after(figure);
      connect(figure); // Long lines scroll by key.
    }
    const ask = () => {
      if (asked || !(/** @type {HTMLDetailsElement} */ (answer).open)) return;
      asked = true;
      show().catch(() => (asked = false)); // The next opening asks again.
    };
    answer.addEventListener("toggle", ask, { signal });
    ask();
  });
})(prepbook);
