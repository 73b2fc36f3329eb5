/* On paper answers stand at the end, on pages to put away, and no line shows that it has a finding (css/practice.css): that is to
   be found. The elements themselves move. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { fill } = prepbook.core.text;
  const { make } = prepbook.elements;
  const paper = matchMedia("print");
  let printing = false;
  /** @type {(() => void)=} */ let undo;

  function collect() {
    const answers = [...document.querySelectorAll(".content:not([data-answers]) .answer:not(.answer *)")];
    if (undo || !answers.length) return;
    const [left, top, focused] = [scrollX, scrollY, /** @type {any} */ (document.activeElement)];
    const section = make("section", { class: "content collected" }, make("h2", {}, text.answers));
    const marks = answers.map((answer, index) => {
      const owner = answer.closest("section")?.querySelector(".practice-title")?.textContent
        ?? document.evaluate("string(preceding::*[self::h1 or self::h2 or self::h3][1])", answer).stringValue;
      const mark = make("p", { class: "at-end", id: "At" + index },
        ...(answer.querySelector("summary")?.cloneNode(true).childNodes ?? []),
        make("a", { href: "#Answer" + index }, fill(text.answer_at_end, { number: index + 1 })));
      answer.replaceWith(mark);
      const [before, behind] = fill(text.answer_to, { number: index + 1 }).split("{title}");
      const link = make("a", { href: "#At" + index }, owner);
      section.append(make("h3", { id: "Answer" + index }, before, link, behind), answer);
      return mark;
    });
    document.querySelector(".content")?.after(section);
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
