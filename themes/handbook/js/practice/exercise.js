/* Connects behaviour to exercises where they stand, and makes their buttons. Pages to print have copies of exercises, which stay
   as they were written: what is done there would count twice, and its places are named otherwise. */
(function (prepbook) {
  "use strict";
  const { elements } = prepbook;

  /** @type {Pick<Prepbook["exercises"], "define" | "tool" | "fromRoot">} what other scripts add to */
  const exercises = {
    define: (selector, connect) => elements.define(`:is(${selector}):not([class*="kind-print-"] *)`, connect),

    tool(name, act) {
      const button = elements.make("button", { type: "button", class: "tool" }, name);
      button.addEventListener("click", act);
      return button;
    },

    fromRoot: ({ href }) => href.slice(new URL(document.documentElement.dataset.root || "./", document.baseURI).href.length),
  };
  prepbook.exercises = /** @type {Prepbook["exercises"]} */ (exercises);
})(prepbook);
