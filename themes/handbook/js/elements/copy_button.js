/* A button on every block of code that copies its text. Numbers and signs in the margin are drawn by the stylesheet, so the
   text does not hold them. */
(function (prepbook) {
  "use strict";
  const { define, make, wrap } = prepbook.elements;
  const { clipboard, announce } = prepbook.platform;
  const { copyable, language } = prepbook.core.code;
  const { text } = prepbook;
  /** Milliseconds for which the button says what it did. */
  const FEEDBACK = 2000;

  define(".content pre", (pre) => {
    const code = pre.querySelector("code");
    if (!code) return;
    const button = make("button", { type: "button", class: "copy", "aria-label": text.copy_code }, text.copy);
    let timer = 0;

    button.addEventListener("click", async () => {
      const done = await clipboard.write(copyable(code.textContent || "", language(code.className)));
      button.textContent = done ? text.copied : text.copy_refused;
      announce.say(done ? text.copied_code : text.copy_refused_code);
      clearTimeout(timer);
      timer = window.setTimeout(() => (button.textContent = text.copy), FEEDBACK);
    });

    const figure = pre.closest("figure.code");
    if (figure) return figure.append(button);
    wrap(pre, "code", button);
  });
})(prepbook);
