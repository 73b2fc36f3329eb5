/* A phone screen: which questions a seed draws, and what a reader's own marks say. It must not know the page, nor the bank. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  /** What is marked in each half, out of 50 points: the same whatever is asked. */
  const RUBRIC = {
    technical: { structure: 10, correctness: 20, customer: 10, communication: 10 },
    behavioural: { own: 20, numbers: 10, customers: 10, learning: 10 },
  };
  const ALL = /** @type {Record<string, number>} */ ({ ...RUBRIC.technical, ...RUBRIC.behavioural });
  /** Percent under which a run is to be repeated, and over which two are enough. */
  const [LOW, HIGH] = [60, 75];

  /** Numbers from 0 to 1 in the same order for the same seed, in every browser: FNV-1a, then mulberry32. @param {string} seed */
  function numbers(seed) {
    let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ /** @type {number} */ (letter.codePointAt(0)), 16777619), 2166136261);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  /** @type {Prepbook["core"]["screen"]} */
  const screen = {
    draw(seed, pools) {
      const next = numbers(seed);
      /** @type {Set<string>} */
      const used = new Set();
      return pools.map((pool) => {
        const fresh = pool.filter((id) => !used.has(id));
        const from = fresh.length ? fresh : pool;
        const id = from[Math.floor(next() * from.length)] ?? "";
        used.add(id);
        return id;
      });
    },

    rubric: ({ technical, minutes }) => [
      ...(technical > 0 ? Object.entries(RUBRIC.technical) : []),
      ...(technical < minutes ? Object.entries(RUBRIC.behavioural) : []),
    ].map(([name, points]) => ({ name, points })),

    score(marks) {
      const sum = (/** @type {number[]} */ points) => points.reduce((total, one) => total + one, 0);
      const names = Object.keys(marks);
      return Math.round((sum(Object.values(marks)) / sum(names.map((name) => ALL[name]))) * 100);
    },

    verdict(score, before) {
      if (score < LOW) return "again";
      if (score <= HIGH) return "near";
      return before.some((earlier) => earlier > HIGH) ? "ready" : "once";
    },
  };
  prepbook.core.screen = screen;

  collections.screens = {
    steps: [],
    check: (value) => is.object(value) && is.text(value.seed) && is.text(value.notes) && Array.isArray(value.probes) && value.probes.every((count) => count === null || is.count(count))
      && is.time(value.ended) && is.count(value.seconds),
    merge: (ours) => ours,
  };
  collections.reports = {
    log: true,
    steps: [],
    check: (value) => is.object(value) && is.name(value.item) && is.time(value.at) && is.text(value.seed) && is.text(value.notes)
      && is.count(value.seconds) && is.count(value.planned) && Array.isArray(value.questions) && value.questions.every(is.text)
      && is.object(value.marks) && Object.keys(value.marks).length > 0
      && Object.entries(value.marks).every(([name, points]) => Object.hasOwn(ALL, name) && is.count(points) && Number(points) <= ALL[name]),
    merge: (ours) => ours,
  };
})(prepbook);
