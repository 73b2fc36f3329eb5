/* Buttons that have something read aloud or recorded: what does it (js/voice) is loaded once one is pressed. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { announce, loader } = prepbook.platform;
  const { text } = prepbook;
  /** @type {HTMLLinkElement=} */ let style;

  define("button[data-voice-tool]", (button, signal) => {
    const name = button.textContent;
    button.addEventListener("click", () => {
      const { voice = "", voiceStyle = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-voice]")).dataset;
      if (!style) document.head.append((style = make("link", { rel: "stylesheet", href: voiceStyle })));
      loader.load("voice", voice).then((tools) => {
        button.textContent = name;
        tools[/** @type {keyof Voice["tools"]} */ (button.dataset.voiceTool)](button, signal);
      }, () => announce.say((button.textContent = text.voice_failed)));
    });
  });
})(prepbook);
