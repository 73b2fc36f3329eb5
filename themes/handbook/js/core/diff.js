/* What is different between two texts, line by line: as few lines as can be, with what stands around them. It must not know what
   is written in them. */
(function (prepbook) {
  "use strict";
  /** Lines that are shown before and behind a change. */
  const AROUND = 3;

  /** Ways of one length from each pair of places to the end. @param {string[]} before @param {string[]} after */
  function lengths(before, after) {
    const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
    for (let i = before.length - 1; i >= 0; i -= 1) {
      for (let j = after.length - 1; j >= 0; j -= 1) {
        common[i][j] = before[i] === after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  prepbook.core.diff = {
    lines(before, after) {
      const common = lengths(before, after);
      /** @type {DiffLine[]} */
      const lines = [];
      for (let [i, j] = [0, 0]; i < before.length || j < after.length; ) {
        if (i < before.length && j < after.length && before[i] === after[j]) lines.push({ kind: "same", before: i++, after: j++ });
        // What goes stands above what comes.
        else if (j === after.length || (i < before.length && common[i + 1][j] >= common[i][j + 1])) lines.push({ kind: "del", before: i++, after: null });
        else lines.push({ kind: "ins", before: null, after: j++ });
      }
      return lines;
    },

    hunks(lines) {
      const isNear = lines.map((_, index) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== "same"));
      /** @type {DiffLine[][]} */
      const hunks = [];
      lines.forEach((line, index) => {
        if (!isNear[index]) return;
        if (isNear[index - 1]) hunks[hunks.length - 1].push(line);
        else hunks.push([line]);
      });
      return hunks;
    },
  };
})(prepbook);
