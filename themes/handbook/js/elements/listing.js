/* On a listing, a click on a line's number puts the line into the address. */
(function (prepbook) {
  "use strict";
  prepbook.elements.define(".content pre.numbers", (pre) => {
    pre.addEventListener("click", ({ target, clientX }) => {
      const line = target instanceof Element && target.closest(".line[id]");
      if (!line) return;
      // The numbers stick to the block's edge while the code scrolls under them.
      const distance = clientX - pre.getBoundingClientRect().left;
      if (distance > parseFloat(getComputedStyle(line, "::before").width)) return;
      location.replace("#" + line.id); // Not a step back for every line clicked.
    });
  });
})(prepbook);
