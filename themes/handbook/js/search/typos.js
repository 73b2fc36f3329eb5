/* Which words of the book may have been meant by one that is not in it. It must not know how the book's words are kept. */
(function (prepbook) {
  "use strict";

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
      // One mistake leaves the first half of a word whole, or the second; two may leave either, and are looked for there.
      const half = Math.floor((count - 1) / 2);
      const third = Math.floor(count / 3);
      const ways = [[1, half, count - 1 - half], [2, third, third]].slice(0, count < 8 ? 1 : 2);
      for (const [most, head, tail] of ways) {
        const [starting, ending] = await Promise.all([
          index.starting(points.slice(0, head).join("")),
          index.ending(points.slice(-tail).join("")),
        ]);
        const near = new Set([...starting, ...ending].filter((other) =>
          Math.abs(other.length - word.length) <= 2 * most && typos.distance(word, other) <= most));
        if (near.size) return [...near];
      }
      return [];
    },
  };
  prepbook.search.typos = typos;
})(prepbook);
