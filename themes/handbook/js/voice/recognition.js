/* Writes down what is said, where the browser promises to do that on this device: only then is it offered. It must not know what
   becomes of the text. */
(function (prepbook) {
  "use strict";
  const Recognition = /** @type {any} */ (globalThis).SpeechRecognition;
  // "en" alone is no language that one can speak.
  const language = new Intl.Locale(document.documentElement.lang || "en").maximize();
  const options = { langs: [`${language.language}-${language.region}`], processLocally: true };

  prepbook.voice.recognition = {
    async offer() {
      if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return "unavailable";
      return Recognition.available(options).catch(() => "unavailable");
    },

    install: async () => !!(await Recognition.install(options).catch(() => false)),

    listen(track, heard) {
      const recognition = Object.assign(new Recognition(), { lang: options.langs[0], processLocally: true, continuous: true });
      let isOver = false;
      recognition.onresult = (/** @type {any} */ { results, resultIndex }) => {
        for (const result of [...results].slice(resultIndex)) if (result.isFinal) heard(result[0].transcript.trim());
      };
      recognition.onerror = (/** @type {{error: string}} */ { error }) => (isOver ||= error !== "no-speech");
      // After some silence it ends by itself.
      recognition.onend = () => isOver || start();
      function start() {
        try {
          recognition.start(track);
        } catch {
          isOver = true; // The microphone has gone.
        }
      }
      // What would not keep to the device is not begun.
      if (recognition.processLocally === true) start();
      return () => {
        isOver = true;
        recognition.stop();
      };
    },
  };
})(prepbook);
