/* A link beside every heading that leads to it. It stands beside the heading, not in it, so that the heading's name stays as
   written. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;

  define(".content :is(h2, h3, h4, h5, h6)[id]", (heading) => {
    const link = make("a", { class: "permalink", href: "#" + heading.id, "aria-label": "Link to " + heading.textContent }, "#");
    const wrapper = make("div", { class: "heading " + heading.localName });
    heading.replaceWith(wrapper);
    wrapper.append(heading, link);
  });
})(prepbook);
