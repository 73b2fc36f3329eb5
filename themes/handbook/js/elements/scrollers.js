/* Lets the keyboard scroll what is wider than its place, and only that. Raw tables get their box first. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, wrap } = prepbook.elements;
  define(".content table:not(.table *, table *)", (table) => wrap(table, "table"));
  define(".content :is(pre, .table)", (box) => {
    const label = box.matches("pre") ? text.code_scrolls : text.table_scrolls;
    const attributes = { tabindex: "0", role: "group", "aria-label": label };
    new ResizeObserver(() => {
      const overflows = box.scrollWidth > box.clientWidth + 1;
      for (const [name, value] of Object.entries(attributes)) {
        if (overflows) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }).observe(box);
  });
})(prepbook);
