/* Takes texts apart into the words of the search index, with their places. The generator does the same when it writes the
   index (docs/searching.md); it must not know the index itself. */
(function (prepbook) {
  "use strict";
  /** Code points that are kept of a word. */
  const LONGEST = 40;
  const CHARACTER = "\\p{Alphabetic}\\p{N}";
  /** Written without spaces: each character is a word. */
  const ALONE = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"].map((name) => `\\p{Script=${name}}`).join("");
  const WORD = new RegExp(`(?=[${CHARACTER}])[${ALONE}]\\p{M}*|(?:\\p{M}|(?![${ALONE}])[${CHARACTER}'’])+`, "gu");
  const LEFT = new RegExp(`^[^${CHARACTER}.#@$/~_*-]+`, "u");
  const RIGHT = new RegExp(`[^${CHARACTER}+#]+$`, "u");
  const SPECIAL = new RegExp(`^[^${CHARACTER}].*[${CHARACTER}]|[${CHARACTER}].*[^${CHARACTER}]$`, "u");

  const fold = (/** @type {string} */ text) =>
    (/[^\0-\x7f]/.test(text) ? text.normalize("NFD").replace(/\p{M}/gu, "") : text).toLowerCase();

  /** @type {Search["words"]} */
  const words = {
    fold,

    tokens(text) {
      const found = [];
      for (const { 0: run, index } of text.matchAll(WORD)) {
        const word = fold(run).replace(/['’]/g, "");
        if (word) found.push({ word: word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word, start: index, end: index + run.length });
      }
      return found;
    },

    split: (text) => words.tokens(text).map(({ word }) => word),

    special(chunk) {
      const word = fold(chunk).replace(LEFT, "").replace(RIGHT, "");
      return SPECIAL.test(word) && [...word].length <= LONGEST ? word : "";
    },
  };
  prepbook.search = /** @type {any} */ ({ words });
})(prepbook);
