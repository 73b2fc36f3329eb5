/* On paper the answers stand at the end, on a page that whoever practises puts away. So the numbers of findings are left out
   of the code (css/practice.css): a finding names its line. The nodes themselves are moved, and go back as they were. */
(function (prepbook) {
  "use strict";
  const { make } = prepbook.elements;
  const paper = matchMedia("print");
  const live = globalThis.prepbookLive;
  let printing = false;
  /** @type {(() => void) | null} */
  let undo = null;

  /** The title of what an answer belongs to. @param {Element} answer */
  function owner(answer) {
    const title = answer.parentElement?.closest(".practice")?.querySelector(".practice-title");
    const headings = document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)");
    const above = [...headings].filter((heading) => heading.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING);
    return (title ?? above.at(-1))?.textContent || "";
  }

  function collect() {
    const content = document.querySelector(".content");
    const answers = content?.querySelectorAll(".answer:not(.answer .answer)") ?? [];
    if (undo || !answers.length) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const scrolled = [document.documentElement, ...document.querySelectorAll(".answer *")]
      .map((element) => ({ element, left: element.scrollLeft, top: element.scrollTop })).filter(({ left, top }) => left || top);
    const section = make("section", { class: "content collected" }, make("h2", {}, "Answers"));

    const back = [...answers].map((answer, index) => {
      const summary = /** @type {Element} */ (answer.querySelector("summary"));
      const [number, title] = ["Answer " + (index + 1), summary.textContent?.trim().replace(/^Answer\b\s*/, "")];
      const mark = make("span", { class: "at-end", id: "At-" + (index + 1) }, make("a", { href: "#" + number }, number));
      return () => {};
    });
  }
})(prepbook);
