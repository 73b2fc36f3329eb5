/* What the text of an answer shows: words that fill, pace, who acts, numbers, the parts of a story, and which points of a good
   answer it touches. Which words mean what is the language's, and comes from outside. It must not know the page. */
(function (prepbook) {
  "use strict";
  /** Words near each other, in which a point has to be made. */
  const NEAR = 100;
  /** Letters that two forms of a word begin with at least, and that either may have besides. */
  const [STEM, ENDING] = [4, 3];
  /** Characters that are shown of a place. */
  const SHOWN = 70;
  const NUMBER = String.raw`(?<![\p{L}\p{N}_.-])[$€£¥]?\d+(?:[.,:]\d+)*(?:\s?%|\s?(?:[kKMx]|bn|ms|min|[kMGT]i?B|[smhd])(?![\p{L}\p{N}]))?(?![\p{L}\p{N}])`;

  const plain = (/** @type {string} */ text) => text.replace(/[’ʼ]/g, "'").toLowerCase();
  const split = (/** @type {string} */ text) => plain(text).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:['-]|(?<=\p{N})[.,:](?=\p{N}))[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
  const listed = (/** @type {string} */ list) => list.split(",").map((phrase) => phrase.trim()).filter(Boolean);

  /** Whether two words are forms of one, as far as their beginnings tell. @param {string} one @param {string} other */
  function alike(one, other) {
    if (one === other) return true;
    let common = 0;
    while (common < one.length && one[common] === other[common]) common += 1;
    return common >= STEM && one.length - common <= ENDING && other.length - common <= ENDING;
  }
  /** How often each phrase of a list is there, the longest first, no word for two. @param {string[]} words @param {string} list */
  function count(words, list) {
    const phrases = listed(list).map(split).sort((one, other) => other.length - one.length);
    /** @type {Map<string, number>} */
    const found = new Map();
    for (let at = 0; at < words.length; ) {
      const phrase = phrases.find((phrase) => phrase.length && phrase.every((word, index) => words[at + index] === word));
      if (phrase) found.set(phrase.join(" "), (found.get(phrase.join(" ")) ?? 0) + 1);
      at += phrase?.length ?? 1;
    }
    return [...found].map(([phrase, times]) => ({ phrase, times })).sort((one, other) => other.times - one.times);
  }
  const sum = (/** @type {{times: number}[]} */ counts) => counts.reduce((all, { times }) => all + times, 0);
  const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]").replace(/ /g, "\\s+");

  /** @type {Prepbook["core"]["telling"]} */
  const telling = {
    words: split,

    measure(text, seconds, lists) {
      const words = split(text);
      const fillers = count(words, lists.fillers);
      const persons = prepbook.core.spoken.persons(text, lists.persons);
      return {
        words: words.length,
        pace: seconds > 0 ? Math.round((words.length / seconds) * 60) : 0,
        fillers,
        filled: sum(fillers),
        own: persons.i.length,
        shared: persons.we.length,
        numbers: telling.numbers(text, lists.numbers),
      };
    },

    numbers(text, spelled) {
      const words = listed(spelled).map(escaped).join("|");
      const one = words ? `${NUMBER}|(?<![\\p{L}\\p{N}-])(?:${words})(?![\\p{L}\\p{N}])` : NUMBER;
      // Numbers side by side are one: "forty thousand", "9 million".
      const found = text.match(new RegExp(`(?:${one})(?:[\\s-]+(?:${one}))*`, "giu")) ?? [];
      return found.filter((number) => !/^(19|20)\d\d$/.test(number)).map((number) => number.replace(/\s+/g, " "));
    },

    star(text, cues) {
      const shown = text.replace(/\s+/g, " ");
      return Object.entries(cues).map(([name, list]) => {
        const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${listed(list).map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "iu").exec(shown);
        const rest = found ? shown.slice(found.index).trim() : "";
        return { name, place: rest.length > SHOWN ? rest.slice(0, SHOWN).replace(/\s+\S*$/, "") + "…" : rest };
      });
    },

    touched(point, text, common) {
      const plainWords = new Set(listed(common).flatMap(split));
      const wanted = [...new Set(split(point))].filter((word) => (word.length >= STEM || /\d/.test(word)) && !plainWords.has(word));
      const words = split(text);
      /** For each word that is there, which of those wanted it is. @type {[number, string][]} */
      const hits = words.flatMap((word, at) => wanted.filter((one) => alike(one, word)).map((one) => /** @type {[number, string]} */ ([at, one])));
      /** @type {string[]} */
      let best = [];
      hits.forEach(([at], first) => {
        const near = [...new Set(hits.slice(first).filter(([other]) => other - at < NEAR).map(([, word]) => word))];
        if (near.length > best.length) best = near;
      });
      return { words: best, isTouched: best.length > 0 && best.length >= Math.ceil(wanted.length / 2) };
    },
  };
  prepbook.core.telling = telling;
})(prepbook);
