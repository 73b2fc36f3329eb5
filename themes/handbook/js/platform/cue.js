/* Says that a border has been reached: by a sound, aloud, by vibration, or not at all. Sounds are given to the browser ahead of
   time, since it lets the timers of a page that is not looked at wait. Aloud only by voices of this device: others would send
   the words elsewhere. It must not know what the borders are. */
(function (prepbook) {
  "use strict";
  const { voices } = prepbook.platform;
  /** Of a sound: hertz, seconds, loudness from 0 to 1. */
  const [PITCH, LENGTH, LOUDNESS] = [660, 0.18, 0.15];
  /** Milliseconds in which a browser finds its voices. */
  const PATIENCE = 1000;
  /** @type {AudioContext | undefined} */
  let audio;
  /** @type {OscillatorNode[]} */
  let sounds = [];
  /** @type {number[]} */
  let timers = [];
  /** @type {{way: string, borders: Border[], from: number}} from when, by the clock of `performance` */
  let armed = { way: "none", borders: [], from: 0 };

  /** @param {number} seconds from now */
  function sound(seconds) {
    const context = /** @type {AudioContext} */ (audio);
    const [tone, level] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + seconds;
    tone.frequency.value = PITCH;
    // A tone that begins or ends at once clicks.
    level.gain.setValueAtTime(0, start);
    level.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    level.gain.linearRampToValueAtTime(0, start + LENGTH);
    tone.connect(level).connect(context.destination);
    tone.start(start);
    tone.stop(start + LENGTH);
    sounds.push(tone);
  }
  /** Whether there is a voice for it. @param {string} words */
  function speak(words) {
    const [voice] = voices.own();
    if (voice) speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang }));
    return !!voice;
  }

  function disarm() {
    for (const tone of sounds) tone.disconnect();
    for (const timer of timers) clearTimeout(timer);
    [sounds, timers] = [[], []];
  }
  function schedule() {
    disarm();
    const { way, borders, from } = armed;
    for (const { after, words, last } of borders) {
      const wait = after - (performance.now() - from);
      if (wait < 0) continue;
      if (way === "sound") [0, ...(last ? [0.3] : [])].forEach((gap) => sound(wait / 1000 + gap));
      if (way === "speech") timers.push(window.setTimeout(speak, wait, words));
      if (way === "vibration") timers.push(window.setTimeout(() => navigator.vibrate(last ? [200, 100, 200] : 200), wait));
    }
  }

  prepbook.platform.cue = {
    async say(words) {
      if (speak(words)) return true;
      await new Promise((resolve) => setTimeout(resolve, PATIENCE)); // Voices take a while to come.
      return speak(words);
    },
    hush: () => globalThis.speechSynthesis?.cancel(),
    ways: ["none", "sound", ...("speechSynthesis" in window ? ["speech"] : []), ...("vibrate" in navigator ? ["vibration"] : [])],
    arm(way, borders) {
      armed = { way, borders, from: performance.now() };
      if (way === "sound" && !audio) {
        audio = new AudioContext();
        // On a page that was loaded anew it waits for the reader to do something.
        audio.onstatechange = schedule;
        for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => audio?.resume(), { once: true });
      }
      if (way === "speech") speechSynthesis.getVoices(); // They take a while to come.
      schedule();
    },
  };
})(prepbook);
