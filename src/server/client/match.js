/* Decides which of an element's new children is which of its old ones, both as the server sent them: the cheapest way to turn
   the one list into the other. It must not know what the browser shows. */
(function (live) {
  "use strict";
  /** Of how many pairs the words are compared; how many are weighed at all: beyond, the first that fits is taken. */
  const [MOST_READ, MOST] = [10_000, 1_000_000];
  /** What holds the page as a whole stays itself, whatever happens to it. */
  const FRAME = /^(html|head|body|main)$/;

  /** @param {Node} one @param {Node} other */
  function equal(one, other) {
    if (!one.isEqualNode(other)) return false;
    // What is in a template is no child of it.
    return !(one instanceof Element && (one.localName === "template" || one.querySelector("template")))
      || one.outerHTML === /** @type {Element} */ (other).outerHTML;
  }

  /** Whether the one may become the other and stay the same thing to the reader. @param {Node} one @param {Node} other */
  function kin(one, other) {
    if (one.nodeName !== other.nodeName) return false;
    if (!(one instanceof Element && other instanceof Element)) return blank(one) === blank(other);
    if (FRAME.test(one.localName)) return true;
    if (one.namespaceURI !== other.namespaceURI || one.getAttribute("type") !== other.getAttribute("type")) return false;
    return one.classList[0] === other.classList[0];
  }

  /** @param {Node} node */
  const blank = (node) => node.nodeType === Node.TEXT_NODE && !node.nodeValue?.trim();

  /** The share of words that two nodes have in common. @param {Set<string>} one @param {Set<string>} other */
  function likeness(one, other) {
    let common = 0;
    for (const word of one) if (other.has(word)) common += 1;
    return common / Math.max(one.size, other.size, 1);
  }

  /** @param {Node[]} nodes */
  const words = (nodes) => nodes.map((node) => new Set((node.textContent || "").split(/\s+/).filter(Boolean)));

  live.frame = (element) => FRAME.test(element.localName);
  live.equal = equal;
  live.blank = blank;

  live.match = (before, after) => {
    /** @type {{from: number, kept: boolean}[]} */
    const result = after.map(() => ({ from: -1, kept: false }));
    let [start, oldEnd, newEnd] = [0, before.length, after.length];
    while (start < oldEnd && start < newEnd && equal(before[start], after[start])) {
      result[start] = { from: start, kept: true };
      start += 1;
    }
    while (oldEnd > start && newEnd > start && equal(before[oldEnd - 1], after[newEnd - 1])) {
      result[--newEnd] = { from: --oldEnd, kept: true };
    }

    const [old, fresh] = [before.slice(start, oldEnd), after.slice(start, newEnd)];
    const taken = new Set();
    /** @param {number} i @param {number} j @param {boolean} kept */
    const pair = (i, j, kept) => {
      result[start + j] = { from: start + i, kept };
      taken.add(i);
    };
    let [i0, j0] = [0, 0];
    for (const [i1, j1] of [...anchors(old, fresh), [old.length, fresh.length]]) {
      for (const [i, j] of align(old.slice(i0, i1), fresh.slice(j0, j1))) pair(i0 + i, j0 + j, true);
      if (i1 < old.length) pair(i1, j1, true);
      [i0, j0] = [i1 + 1, j1 + 1];
    }
    // What is left and equal has only moved.
    fresh.forEach((node, j) => {
      if (result[start + j].from >= 0 || blank(node)) return;
      const i = old.findIndex((other, index) => !taken.has(index) && equal(other, node));
      if (i >= 0) pair(i, j, false);
    });
    return result;
  };

  /**
   * What is there once before and once after, and keeps its order, cuts a long list into short ones.
   * @param {Node[]} old @param {Node[]} fresh @returns {[number, number][]}
   */
  function anchors(old, fresh) {
    if (old.length * fresh.length <= MOST_READ) return [];
    const [places, newPlaces] = [old, fresh].map((nodes) => {
      /** @type {Map<string, number>} */
      const found = new Map();
      nodes.forEach((node, index) => {
        const text = node instanceof Element ? node.outerHTML : "";
        found.set(text, found.has(text) ? -1 : index);
      });
      found.delete("");
      return found;
    });
    // The longest row of them whose places rise: each is the last of a row, and knows the one before it.
    /** @type {{pair: [number, number], before: any}[]} */
    const rows = [];
    for (const [text, j] of newPlaces) {
      const i = places.get(text) ?? -1;
      if (i < 0 || j < 0) continue;
      let [low, high] = [0, rows.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (rows[middle].pair[0] < i) low = middle + 1;
        else high = middle;
      }
      rows[low] = { pair: [i, j], before: rows[low - 1] };
    }
    const row = [];
    for (let end = rows.at(-1); end; end = end.before) row.unshift(end.pair);
    return row;
  }

  /**
   * Pairs that keep their order and are worth most together. Equal ones come first; then those that say much the same, so
   * that a paragraph which was edited is not taken for the one which was written above it.
   * @param {Node[]} old @param {Node[]} fresh @returns {[number, number][]}
   */
  function align(old, fresh) {
    const [rows, columns] = [old.length, fresh.length];
    if (rows * columns > MOST) return inOrder(old, fresh);
    const [oldWords, newWords] = rows * columns > MOST_READ ? [[], []] : [words(old), words(fresh)];
    /** @param {number} i @param {number} j */
    const worth = (i, j) => {
      if (equal(old[i], fresh[j])) return blank(old[i]) ? 1 : 20;
      if (!kin(old[i], fresh[j])) return 0;
      const named = /** @type {Element} */ (old[i]).id === /** @type {Element} */ (fresh[j]).id;
      return (named ? 4 : 1) + 8 * (oldWords.length ? likeness(oldWords[i], newWords[j]) : 0);
    };

    const worths = new Float32Array(rows * columns);
    const best = new Float32Array((rows + 1) * (columns + 1));
    /** @param {number} i @param {number} j */
    const at = (i, j) => i * (columns + 1) + j;
    for (let i = rows - 1; i >= 0; i -= 1) {
      for (let j = columns - 1; j >= 0; j -= 1) {
        const both = (worths[i * columns + j] = worth(i, j));
        best[at(i, j)] = Math.max(best[at(i + 1, j)], best[at(i, j + 1)], both && both + best[at(i + 1, j + 1)]);
      }
    }
    /** @type {[number, number][]} */
    const pairs = [];
    for (let i = 0, j = 0; i < rows && j < columns; ) {
      const both = worths[i * columns + j];
      if (both && Math.abs(best[at(i, j)] - both - best[at(i + 1, j + 1)]) < 0.01) pairs.push([i++, j++]);
      else if (best[at(i + 1, j)] >= best[at(i, j + 1)]) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /** @param {Node[]} old @param {Node[]} fresh @returns {[number, number][]} */
  function inOrder(old, fresh) {
    /** @type {[number, number][]} */
    const pairs = [];
    let i = 0;
    fresh.forEach((node, j) => {
      const found = old.findIndex((other, index) => index >= i && kin(other, node));
      if (found < 0) return;
      pairs.push([found, j]);
      i = found + 1;
    });
    return pairs;
  }
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
