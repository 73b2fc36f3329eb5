/* A text as it is read aloud: sentence by sentence, the very long ones cut where they breathe, since a voice that has to stop
   begins its sentence again. It must not know the page, nor voices. */
(function (prepbook) {
  "use strict";
  /** Characters of a piece that are too many, and too few to cut off. */
  const [LONG, SHORT] = [240, 60];
  /** Places that are kept: of the pages that were read last. */
  const PLACES = 40;

  /** Where sentences start, without a segmenter as well. @param {string} text @param {string} language */
  function starts(text, language) {
    text = text.replace(/\s/g, " "); // Lines are broken anywhere.
    if ("Segmenter" in Intl) return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].map(({ index }) => index);
    return [0, ...[...text.matchAll(/[.!?…。！？]+["”’)\]]*\s+/g)].map((match) => match.index + match[0].length)];
  }

  /** @type {Prepbook["core"]["speech"]} */
  const speech = {
    pieces(text, language) {
      const all = starts(text, language);
      /** @type {SpokenPiece[]} */
      const pieces = [];
      all.forEach((start, index) => {
        const end = all[index + 1] ?? text.length;
        let from = start;
        for (const match of text.slice(start, end).matchAll(/[,;:–—]\s+/g)) {
          const to = start + match.index + match[0].length;
          if (to - from < SHORT || end - to < SHORT || end - from < LONG) continue;
          pieces.push({ start: from, end: to });
          from = to;
        }
        pieces.push({ start: from, end });
      });
      return pieces.flatMap(({ start, end }) => {
        const cut = text.slice(start, end);
        const [before, behind] = [cut.length - cut.trimStart().length, cut.length - cut.trimEnd().length];
        // What has no letter and no digit has no sound.
        return /[\p{L}\p{N}]/u.test(cut) ? [{ start: start + before, end: end - behind }] : [];
      });
    },

    plain: (text) => text.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim(),

    find({ at, start }, texts) {
      if (texts[at]?.startsWith(start)) return at;
      return Math.max(0, texts.findIndex((text) => text.startsWith(start)));
    },

    place: (at, text) => ({ at, start: text.slice(0, 60) }),

    keep(places, page, place) {
      const { [page]: _, ...others } = places;
      return Object.fromEntries([...Object.entries(others), ...(place ? [[page, place]] : [])].slice(-PLACES));
    },
  };
  prepbook.core.speech = speech;
})(prepbook);
