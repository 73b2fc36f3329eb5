/* Principles as cards, on the page of the reader's own stories: which story is told for one, and on the back what is written down,
   or else what the book tells. */
(function (prepbook) {
  "use strict";
  const { make } = prepbook.elements;
  const { card, define } = prepbook.exercises;
  const { text } = prepbook;

  define(".workshop-principle[data-id]", (place, signal) => {
    card(place, {
      id: place.dataset.id ?? "",
      anchor: place.dataset.principle ?? "",
      asks: [make("strong", { class: "card-asks" }, text.card_story)],
      show: text.card_turn,
      lay: (part, bar) => (bar ? place.append(part) : place.querySelector(".models, .told")?.before(part)),
      turn: (side) => place.classList.toggle("asks", side === "front"),
    }, signal);
  });
})(prepbook);
