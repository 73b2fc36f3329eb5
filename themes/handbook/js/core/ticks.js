/* Ticks of checklists: to which item each belongs, also once its words have been changed. It must not know the page. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  /** Texts that share less than this are about different things. */
  const LIKE = 0.6;

  /** The pairs of neighbouring letters in a text: short words and any script count. @param {string} text */
  function pairs(text) {
    const letters = [...text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()];
    return letters.slice(1).map((letter, index) => letters[index] + letter).sort();
  }

  /** @type {Prepbook["core"]["ticks"]} */
  const ticks = {
    likeness(one, other) {
      const [left, right] = [pairs(one), pairs(other)];
      let common = 0;
      for (let i = 0, j = 0; i < left.length && j < right.length; ) {
        if (left[i] === right[j]) common += 1;
        if (left[i] <= right[j]) i += 1;
        else j += 1;
      }
      return one === other ? 1 : (2 * common) / (left.length + right.length || 1);
    },

    settle(items, kept) {
      const left = new Map(Object.entries(kept));
      /** @type {Map<string, Tick>} */
      const found = new Map();
      /** @param {string} from @param {{key: string, text: string}} item */
      function give(from, { key, text }) {
        const { was, ...tick } = /** @type {Tick} */ (left.get(from));
        const before = was ?? tick.text;
        found.set(key, before === text ? { ...tick, text } : { ...tick, text, was: before });
        left.delete(from);
      }
      for (const item of items) if (left.has(item.key)) give(item.key, item);
      const free = items.filter(({ key }) => !found.has(key));
      const offers = [...left].filter(([, { off }]) => !off).flatMap(([from, tick]) => free.map((item) => ({ from, item, like: ticks.likeness(tick.text, item.text) })));
      for (const { from, item } of offers.filter(({ like }) => like >= LIKE).sort((one, other) => other.like - one.like)) {
        if (left.has(from) && !found.has(item.key)) give(from, item);
      }
      // What has no item any more stays: the item may come back.
      return Object.fromEntries([...found, ...left]);
    },
  };
  prepbook.core.ticks = ticks;

  /** @param {unknown} value */
  const isTick = (value) => is.object(value) && is.text(value.text) && is.time(value.at)
    && [undefined, true].includes(/** @type {any} */ (value.off)) && (value.was === undefined || is.text(value.was));

  /** @param {Ticks} ticks */
  const withTimes = ({ items, ...list }) => ({
    ...list,
    items: Object.fromEntries(Object.entries(items).map(([key, tick]) => [key, { ...tick, at: 0 }])),
  });

  collections.ticks = {
    steps: [withTimes],
    check: (value) => is.object(value) && is.text(value.phase) && is.count(value.count) && is.count(value.done) && is.mapOf(isTick)(value.items),
    merge(/** @type {Ticks} */ ours, /** @type {Ticks} */ theirs) {
      const later = Object.entries(theirs.items).filter(([key, { at }]) => !Object.hasOwn(ours.items, key) || at > ours.items[key].at);
      const items = { ...ours.items, ...Object.fromEntries(later) };
      return { ...ours, items, done: Math.min(ours.count, Object.values(items).filter(({ off }) => !off).length) };
    },
  };
})(prepbook);
