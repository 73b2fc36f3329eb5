/* Has sentences said one after the other by one voice, and says which is being said. A pause ends the sentence, which begins
   anew: browsers forget how to go on. It must not know what the sentences are of. */
(function (prepbook) {
  "use strict";
  const { store, voices } = prepbook.platform;
  /** Milliseconds in which a browser finds its voices. */
  const PATIENCE = 1500;

  prepbook.voice.narrator = {
    async ready() {
      if (!globalThis.speechSynthesis || voices.list().length) return;
      await new Promise((resolve) => {
        speechSynthesis.addEventListener?.("voiceschanged", resolve, { once: true });
        setTimeout(resolve, PATIENCE);
      });
    },

    voice: () => voices.list().find(({ localService, voiceURI }) => localService || voiceURI === store.read("voice", "")),

    begin(sentences, at, tell) {
      /** Which try to say something this is: what is heard of earlier ones means nothing. */
      let turn = 0;
      /** Browsers throw away what nobody holds, and never say that it has ended. @type {SpeechSynthesisUtterance=} */
      let held;

      function hush() {
        turn += 1;
        speechSynthesis.cancel();
      }
      function say() {
        const [mine, voice] = [turn, prepbook.voice.narrator.voice()];
        if (!voice) return tell("stopped");
        held = Object.assign(new SpeechSynthesisUtterance(sentences[at].text), { voice, lang: voice.lang, rate: store.read("voice-rate", 1) });
        held.onend = () => {
          if (mine !== turn) return;
          if (at + 1 === sentences.length) return tell("over");
          at += 1;
          say();
        };
        held.onerror = () => {
          if (mine === turn) tell("stopped");
        };
        tell("says");
        speechSynthesis.speak(held);
      }
      return {
        at: () => at,
        go(to = at) {
          hush();
          at = Math.min(sentences.length - 1, Math.max(0, to));
          say();
        },
        hush,
      };
    },
  };
})(prepbook);
