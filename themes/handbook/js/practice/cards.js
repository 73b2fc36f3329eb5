/* Questions and terms as cards, where they stand: a question shows its answer by itself, a term its meaning by a button. */
(function (prepbook) {
  "use strict";
  const { card, define } = prepbook.exercises;

  define(".practice-question[data-id]", (place, signal) => {
    const answer = /** @type {HTMLDetailsElement} */ (place.querySelector(":scope > .answer"));
    card(place, {
      id: place.dataset.id ?? "",
      anchor: place.id,
      answer,
      lay: (part, bar) => (bar ? answer.append(part) : answer.before(part)),
    }, signal);
  });

  define(".glossary > .entry", (place, signal) => {
    const { id = "" } = place.querySelector("dt") ?? {};
    card(place, {
      id: "term." + id,
      anchor: id,
      element: "dd",
      lay: (part) => place.append(part),
      turn: (side) => place.classList.toggle("asks", side === "front"),
    }, signal);
  });
})(prepbook);
