/* Lets the keyboard scroll what is wider than its place, and only that: a box that fits is no stop on the way. */
(function (prepbook) {
  "use strict";
  prepbook.elements.define(".content :is(pre, .table)", (box) => {
    const attributes = {
      tabindex: "0",
      role: "group",
      "aria-label": (box.matches("pre") ? "Code" : "Table") + ", scrolls sideways",
    };
    new ResizeObserver(() => {
      const overflows = box.scrollWidth > box.clientWidth + 1;
      for (const [name, value] of Object.entries(attributes)) {
        if (overflows) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }).observe(box);
  });
})(prepbook);
