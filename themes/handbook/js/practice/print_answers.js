/* On paper answers stand at the end, on pages to put away, and no line shows that it has a finding (css/practice.css): that is to
   be found. The elements themselves move. */
(function (prepbook) {
  "use strict";
  const { make } = prepbook.elements;
  const paper = matchMedia("print");
  let printing = false;
  /** @type {(() => void)=} */ let undo;

  function collect() {
    const answers = [...document.querySelectorAll(".content .answer:not(.answer *)")];
    if (undo || !answers.length) return;
    const [left, top, focused] = [scrollX, scrollY, /** @type {any} */ (document.activeElement)];
    const section = make("section", { class: "content collected" }, make("h2", {}, "Answers"));
    const marks = answers.map((answer, index) => {
      const owner = answer.closest("section")?.querySelector(".practice-title")?.textContent
        ?? document.evaluate("string(preceding::*[self::h1 or self::h2 or self::h3][1])", answer).stringValue;
      const mark = make("p", { class: "at-end", id: "At" + index },
        ...(answer.querySelector("summary")?.cloneNode(true).childNodes ?? []),
        make("a", { href: "#Answer" + index }, `Answer ${index + 1}: at the end`));
      answer.replaceWith(mark);
      section.append(
        make("h3", { id: "Answer" + index }, `Answer ${index + 1}, to `, make("a", { href: "#At" + index }, owner)), answer);
      return mark;
    });
    marks[0].closest(".content")?.after(section);
    undo = () => {
      marks.forEach((mark, index) => mark.replaceWith(answers[index]));
      section.remove();
      focused?.focus();
      scrollTo(left, top);
      undo = undefined;
    };
  }

  const follow = (is = printing) => ((printing = is) || paper.matches ? collect() : undo?.());
  addEventListener("beforeprint", () => follow(true));
  addEventListener("afterprint", () => follow(false));
  paper.onchange = () => follow();
  const { patch } = globalThis.prepbookLive ?? {};
  if (patch) prepbookLive.patch = (html) => (undo?.(), patch(html) && (follow(), true));
})(prepbook);
