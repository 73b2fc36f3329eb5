// Voices for tests: what a page would have said is written down, and a test says when a sentence has ended. It must not know
// what is said.

export const OWN = { lang: "en-GB", localService: true, name: "Ada", voiceURI: "ada" };
export const OTHER = { lang: "en-US", localService: true, name: "Sam", voiceURI: "sam" };
export const REMOTE = { lang: "en-US", localService: false, name: "Cloud", voiceURI: "cloud" };
export const GERMAN = { lang: "de-DE", localService: true, name: "Anna", voiceURI: "anna" };

/** A script for a page: a browser with these voices. */
export const withVoices = (voices) => `
  globalThis.said = [];
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  globalThis.saying = undefined;
  Object.defineProperty(window, "speechSynthesis", { configurable: true, value: Object.assign(new EventTarget(), {
    getVoices: () => ${JSON.stringify(voices)},
    speak(utterance) { globalThis.saying = utterance; globalThis.said.push(utterance.text); },
    cancel() { const cut = globalThis.saying; globalThis.saying = undefined; cut?.onerror?.({ error: "interrupted" }); },
  }) });`;

/** What is being said: text, voice and speed; null in silence. */
export const saying = (page) => page.evaluate(() => globalThis.saying ? { text: globalThis.saying.text, voice: globalThis.saying.voice.name, rate: globalThis.saying.rate } : null);

/** The sentence has been said. */
export const end = (page) => page.evaluate(() => {
  const ended = globalThis.saying;
  globalThis.saying = undefined;
  ended.onend();
});
