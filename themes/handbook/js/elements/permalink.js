/* A link to every heading, beside it and not in it, so that the heading's name stays as written. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, make, wrap } = prepbook.elements;

  define(".content :is(h2, h3, h4, h5, h6)[id]", (heading) => {
    const label = prepbook.core.text.fill(text.heading_link, { heading: heading.textContent });
    const link = make("a", { class: "permalink", href: "#" + heading.id, "aria-label": label }, "#");
    wrap(heading, "heading " + heading.localName, link);
  });
})(prepbook);
