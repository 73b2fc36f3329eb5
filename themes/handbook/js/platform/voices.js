/* Voices for the language of the book: the one that the reader has chosen, then those of this device, then those that send the
   words to whoever made them. It must not know what is said. */
(function (prepbook) {
  "use strict";
  const { store } = prepbook.platform;
  const primary = (/** @type {string} */ tag) => tag.toLowerCase().split(/[-_]/)[0];

  /** @type {Prepbook["platform"]["voices"]} */
  const voices = {
    list() {
      const [language, chosen] = [document.documentElement.lang, store.read("voice", "")];
      const rank = (/** @type {SpeechSynthesisVoice} */ { voiceURI, localService }) => (voiceURI === chosen ? 2 : Number(localService));
      const all = globalThis.speechSynthesis?.getVoices() ?? [];
      return all.filter(({ lang }) => primary(lang) === primary(language)).sort((one, other) => rank(other) - rank(one));
    },
    own: () => voices.list().filter(({ localService }) => localService),
  };
  prepbook.platform.voices = voices;
})(prepbook);
