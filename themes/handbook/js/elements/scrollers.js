/* Lets the keyboard scroll what is wider than its place, and only that. Raw tables get their box first. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, wrap } = prepbook.elements;
  define(".content table:not(.table *, table *)", (table) => wrap(table, "table"));
  // All boxes are measured before the first is changed: a look after a change would lay the page out once for each.
  const sizes = new ResizeObserver((entries) => {
    const boxes = entries.map(({ target }) => ({ box: target, overflows: target.scrollWidth > target.clientWidth + 1 }));
    for (const { box, overflows } of boxes) {
      const label = box.matches("pre") ? text.code_scrolls : text.table_scrolls;
      for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": label })) {
        if (overflows) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }
  });
  define(".content :is(pre, .table)", (box, signal) => {
    sizes.observe(box);
    signal.addEventListener("abort", () => sizes.unobserve(box));
  });
})(prepbook);
