/* Which words of the book may have been meant by one that is not in it. It must not know how the book's words are kept. */
(function (prepbook) {
  "use strict";
  /** How much may be an ending, and what must be left without it. */
  const ENDING = 3, SHORTEST = 5;

  /** @type {Search["typos"]} */
  const typos = {
    /** Optimal string alignment: insertions, deletions, substitutions, and neighbours in the wrong order. */
    distance(one, other) {
      const [left, right] = [[...one], [...other]];
      /** @type {number[]} */ let before = [];
      let last = right.map((_, index) => index).concat(right.length);
      for (let i = 1; i <= left.length; i += 1) {
        const row = [i];
        for (let j = 1; j <= right.length; j += 1) {
          const same = left[i - 1] === right[j - 1];
          row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
          const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
          if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        [before, last] = [last, row];
      }
      return last[right.length];
    },

    async candidates(word, index) {
      const points = [...word];
      const count = points.length;
      if (count < 3) return []; // To so short a word everything is near.
      const start = (/** @type {number} */ length) => index.starting(points.slice(0, length).join(""));

      /** @param {number} most @param {number} head @param {number} tail */
      async function near(most, head, tail) {
        const [starting, ending] = await Promise.all([start(head), index.ending(points.slice(-tail).join(""))]);
        return [...new Set([...starting, ...ending])].filter((other) =>
          Math.abs(other.length - word.length) <= 2 * most && typos.distance(word, other) <= most);
      }
      // One mistake leaves the first half of a word whole, or the second.
      const half = Math.floor((count - 1) / 2);
      let found = await near(1, half, count - 1 - half);
      // Nobody knows the stem of a word that is not in the book; but what it begins with may be there with other endings.
      for (let ending = 1; ending <= ENDING && count - ending >= SHORTEST && !found.length; ending += 1) found = await start(count - ending);
      // Two mistakes may leave neither end whole, but are looked for there.
      const third = Math.floor(count / 3);
      return found.length || count < 8 ? found : near(2, third, third);
    },
  };
  prepbook.search.typos = typos;
})(prepbook);
