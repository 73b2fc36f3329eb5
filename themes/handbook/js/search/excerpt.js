/* Which piece of a text shows best why it was found, and which words of it are marked. It must not know how it is shown. */
(function (prepbook) {
  "use strict";
  const { fold, tokens } = prepbook.search.words;
  /** Characters in front of the first marked word. */
  const LEAD = 40;

  /** @typedef {{start: number, end: number, chunk: number}} Mark */

  /** Where a text has what was found, without overlaps. @param {string} text @param {SearchPattern[]} patterns */
  function marks(text, patterns, words = tokens(text)) {
    /** @type {Mark[]} */
    const found = [];
    words.forEach(({ start }, index) => {
      for (const { chunk, words: wanted, special } of patterns) {
        const last = words[index + wanted.length - 1];
        if (!last || !wanted.every((set, step) => set.has(words[index + step].word))) continue;
        let [from, to] = [start, last.end];
        if (special) {
          from -= special.before;
          to += special.after;
          if (fold(text.slice(Math.max(0, from), to)) !== special.word) continue;
        }
        found.push({ start: from, end: to, chunk });
      }
    });
    found.sort((one, other) => one.start - other.start || other.end - one.end);
    let end = 0;
    return found.filter((mark) => mark.start >= end && (end = mark.end));
  }

  /** @param {string} text @param {Mark[]} found @param {number} from @param {number} to @returns {SearchSegment[]} */
  function segments(text, found, from, to) {
    const pieces = [];
    let at = from;
    for (const { start, end } of found.filter((mark) => mark.start >= from && mark.end <= to)) {
      pieces.push({ text: text.slice(at, start), marked: false }, { text: text.slice(start, end), marked: true });
      at = end;
    }
    pieces.push({ text: text.slice(at, to), marked: false });
    return pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, " ") })).filter((piece) => piece.text);
  }

  prepbook.search.excerpt = {
    whole: (text, patterns) => segments(text, marks(text, patterns), 0, text.length),

    cut(text, patterns, length) {
      const words = tokens(text);
      const found = marks(text, patterns, words);
      // The piece that has the most of what was asked for: first different words, then any.
      let [best, from] = [0, found[0]?.start ?? 0];
      found.forEach(({ start }, index) => {
        const inside = [];
        for (let next = index; found[next]?.end <= start + length - LEAD; next += 1) inside.push(found[next].chunk);
        const value = new Set(inside).size + inside.length / 1000;
        if (value > best) [best, from] = [value, start];
      });
      const begin = from <= LEAD ? 0 : words.find(({ start }) => start >= from - LEAD)?.start ?? from;
      let end = text.length;
      if (end > begin + length) {
        end = begin + length;
        for (const token of words) if (token.end > begin && token.end <= begin + length) end = token.end;
      }
      const pieces = segments(text, found, begin, end);
      if (begin > 0) pieces.unshift({ text: "… ", marked: false });
      if (end < text.length) pieces.push({ text: " …", marked: false });
      return pieces;
    },
  };
})(prepbook);
