/* Hands over what the buttons for voices do (js/elements/voice.js). */
(function (prepbook) {
  "use strict";
  const { voice } = prepbook;
  prepbook.data("voice", { aloud: voice.aloud.press, record: voice.record });
})(prepbook);
