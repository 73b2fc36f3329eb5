/* Marks the section being read in the list of headings, and names it where the list is folded. Wide screens show the list
   whole: by the stylesheet where it can, by this where it cannot. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { reading, tree } = prepbook.core;
  /** How far down the window a heading counts as reached, as a share of its height. */
  const LINE = 0.25;

  define(".outline", (outline, signal) => {
    const details = outline.querySelector("details");
    const wide = matchMedia("(min-width: 76rem)");
    const page = document.documentElement;
    // For eyes alone: what the summary does is told by its own words.
    const here = make("span", { class: "outline-here", "aria-hidden": "true" });
    details?.querySelector("summary")?.append(here);
    let request = 0;

    /** @param {HTMLAnchorElement} link */
    function heading(link) {
      return /** @type {Element} */ (document.getElementById(tree.plain(link.hash.slice(1))));
    }
    function mark() {
      request = 0;
      const links = [...outline.querySelectorAll("a")].filter(heading);
      const tops = links.map((link) => heading(link).getBoundingClientRect().top);
      const atEnd = scrollY > 0 && scrollY + innerHeight >= page.scrollHeight - 2;
      const link = links[reading.current(tops, innerHeight * LINE, atEnd)];
      const marked = outline.querySelector("[aria-current]");
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "location");
      here.textContent = link?.textContent || "";
      if (!link || !wide.matches) return;
      // `scrollIntoView` would move the page too.
      const frame = outline.getBoundingClientRect();
      const place = link.getBoundingClientRect();
      outline.scrollTop += Math.min(0, place.top - frame.top) + Math.max(0, place.bottom - frame.bottom);
    }
    const schedule = () => void (request ||= requestAnimationFrame(mark));
    const unfold = () => void (details && (details.open = wide.matches));

    addEventListener("scroll", schedule, { passive: true, signal });
    addEventListener("resize", schedule, { signal });
    wide.addEventListener("change", unfold, { signal });
    outline.addEventListener("click", ({ target }) => target instanceof HTMLAnchorElement && unfold(), { signal });
    // Where the list lies over the text, it goes away like a menu.
    outline.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || wide.matches || !details?.open) return;
      details.open = false;
      details.querySelector("summary")?.focus();
    }, { signal });
    addEventListener("click", ({ target }) => target instanceof Node && !outline.contains(target) && unfold(), { signal });
    unfold();
    schedule(); // With the page's own layout, not before it.
  });
})(prepbook);
