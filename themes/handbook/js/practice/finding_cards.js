/* Findings of reviews as cards, where they stand: the line alone is shown, and on the back the finding as it was written, taken out
   of the answer, which stays closed. A finding becomes a card once its answer has been open, so that no card gives away a review
   which is still to be done. */
(function (prepbook) {
  "use strict";
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { card, define } = prepbook.exercises;
  const { text } = prepbook;

  define(".practice-review[data-id]:has(.review-code)", (review, signal) => {
    const { id = "" } = review.dataset;
    const code = /** @type {HTMLElement} */ (review.querySelector(".review-code"));
    const answer = /** @type {HTMLDetailsElement | null} */ (review.querySelector(":scope > .review-answer"));
    const findings = /** @type {HTMLElement[]} */ ([...review.querySelectorAll(".practice-finding[data-id][data-line]")]);
    const ids = findings.map(({ dataset }) => dataset.id ?? "");

    for (const finding of findings) {
      const number = finding.dataset.line ?? "";
      const line = code.querySelector(`.line[data-line="${number}"]`);
      const others = findings.filter(({ dataset }) => dataset.line === number);
      const home = document.createComment("");
      const asked = fill(others.length > 1 ? text.card_flaw_of : text.card_flaw, { line: number, number: others.indexOf(finding) + 1, count: others.length });
      card(finding, {
        id: finding.dataset.id ?? "",
        anchor: review.id,
        asks: [make("strong", { class: "card-asks" }, asked), make("code", { class: "card-line" }, line?.textContent?.trim() ?? "")],
        show: text.card_turn,
        lay: (part, bar) => (bar ? finding.append(part) : code.after(part)),
        turn(side) {
          line?.classList.toggle("asked", side !== "off");
          if (side === "front") line?.scrollIntoView({ block: "center" });
          if (side === "back") finding.replaceWith(home);
          if (side === "back") review.querySelector(":scope > .card-bar")?.after(finding);
          else home.replaceWith(finding);
        },
      }, signal);
      signal.addEventListener("abort", () => home.replaceWith(finding));
    }

    /** Which findings there are, for the deck (js/practice/deck.js). */
    function note() {
      if (ids.length && JSON.stringify(keeper.get("findings", id)) !== JSON.stringify(ids)) keeper.set("findings", id, ids);
    }
    answer?.addEventListener("toggle", () => answer.open && note(), { signal });
    if (answer?.open || keeper.get("findings", id)) note();
  });
})(prepbook);
