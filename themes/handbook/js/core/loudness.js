/* How loud a recording is, moment by moment, and what that says: how long somebody talks in each part, and the longest pause. It
   must not know where the sound comes from, nor what is said. */
(function (prepbook) {
  "use strict";
  /** Milliseconds of a moment. */
  const MOMENT = 50;
  /** Decibels: nothing is softer; a room is not stiller, as far as it matters; what is softer at its loudest is no voice. */
  const [SOFTEST, STILL, FAINT] = [-100, -65, -55];
  /** Between the soft moments and the loud ones: where talk begins, and how far apart they must be, or there are no pauses. */
  const [SHARE, APART] = [0.35, 12];
  /** Moments: a noise that is shorter is no talk, a gap that is no longer is none. */
  const [NOISE, GAP] = [2, 6];

  /** What a share of the moments is softer than. @param {number[]} sorted @param {number} share */
  const quantile = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)] ?? SOFTEST;

  /** Turns runs of a value that are at most so long into the other. @param {boolean[]} moments @param {boolean} value @param {number} most */
  function bridge(moments, value, most) {
    for (let start = 0, end = 0; start < moments.length; start = end) {
      for (end = start + 1; end < moments.length && moments[end] === moments[start]; end += 1);
      // A pause that a recording begins or ends with is one, however short.
      const isInside = start > 0 && end < moments.length;
      if (moments[start] === value && end - start <= most && (value || isInside)) moments.fill(!value, start, end);
    }
  }

  /** @type {Prepbook["core"]["loudness"]} */
  const loudness = {
    levels(samples, rate) {
      const size = Math.max(1, Math.round((rate * MOMENT) / 1000));
      return Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
        let sum = 0;
        for (let at = index * size; at < (index + 1) * size; at += 1) sum += samples[at] * samples[at];
        return Math.max(SOFTEST, Math.round(10 * Math.log10(sum / size + 1e-12)));
      });
    },

    fit(levels, time) {
      const count = Math.round(time / MOMENT);
      return [...levels.slice(0, count), ...Array(Math.max(0, count - levels.length)).fill(SOFTEST)];
    },

    talk(levels) {
      const sorted = [...levels].sort((one, other) => one - other);
      const [soft, loud] = [Math.max(STILL, quantile(sorted, 0.1)), quantile(sorted, 0.95)];
      const border = loud < FAINT ? Infinity : loud - soft < APART ? soft - APART : soft + SHARE * (loud - soft);
      const moments = levels.map((level) => level >= border);
      bridge(moments, true, NOISE - 1);
      bridge(moments, false, GAP);
      return moments;
    },

    parts(moments, marks, time) {
      const seconds = (/** @type {number} */ count) => Math.round((count * MOMENT) / 100) / 10;
      return marks.flatMap(({ name, planned, from }, index) => {
        const to = marks[index + 1]?.from ?? time;
        if (to - from < MOMENT) return [];
        const inside = moments.slice(Math.round(from / MOMENT), Math.round(to / MOMENT));
        let [pause, run] = [0, 0];
        for (const talks of inside) pause = Math.max(pause, (run = talks ? 0 : run + 1));
        const all = Math.round((to - from) / 100) / 10;
        const talk = Math.min(all, seconds(inside.filter(Boolean).length));
        return [{ name, planned, from: Math.round(from / 100) / 10, seconds: all, talk, pause: Math.min(all, seconds(pause)) }];
      });
    },
  };
  prepbook.core.loudness = loudness;
})(prepbook);
