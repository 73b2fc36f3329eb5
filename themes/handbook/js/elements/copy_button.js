/* A button on every block of code that copies its text. Numbers and signs in the margin are drawn by the stylesheet, so the
   text does not hold them. */
(function (prepbook) {
  "use strict";
  const { define, make, wrap } = prepbook.elements;
  const { clipboard, announce } = prepbook.platform;
  const { copyable, language } = prepbook.core.code;
  /** Milliseconds for which the button says what it did. */
  const FEEDBACK = 2000;

  define(".content pre", (pre) => {
    const code = pre.querySelector("code");
    if (!code) return;
    const button = make("button", { type: "button", class: "copy", "aria-label": "Copy code" }, "Copy");
    let timer = 0;

    button.addEventListener("click", async () => {
      const done = await clipboard.write(copyable(code.textContent || "", language(code.className)));
      button.textContent = done ? "Copied" : "Refused";
      announce.say(done ? "Code copied" : "The browser did not allow copying");
      clearTimeout(timer);
      timer = window.setTimeout(() => (button.textContent = "Copy"), FEEDBACK);
    });

    const figure = pre.closest("figure.code");
    if (figure) return figure.append(button);
    wrap(pre, "code", button);
  });
})(prepbook);
