// What a query finds, by reading every document from beginning to end: the rules of docs/search-queries.md once more, with no index.
// Slow and plain on purpose; search-finds-what-a-scan-finds.test.mjs compares.
import { byCodePoint, documents, special, words } from "./search-encode.mjs";

/** @param {any} book  as `encode` takes it  @param {string[]} shards  the first word of each file of terms */
export function scanner(book, shards) {
  const { stems = {}, synonyms = [], common = [] } = book;
  const all = documents(book).map((document) => {
    const rare = (list) => list.filter(({ word }) => !common.includes(word));
    const shown = [...document.heading, ...rare(document.body)];
    const unplaced = new Set([...rare(document.answer), ...document.around].map(({ word }) => word));
    return { shown, every: new Set([...shown.map(({ word }) => word), ...unplaced]) };
  });
  const vocabulary = [...new Set(all.flatMap(({ every }) => [...every]))];
  const stem = (word) => stems[word] ?? word;

  /** How far two words are apart, the textbook's way. */
  function apart(a, b) {
    const [x, y] = [[...a], [...b]];
    const table = Array.from({ length: x.length + 1 }, (_, i) => Array.from({ length: y.length + 1 }, (_, j) => i || j));
    for (let i = 0; i <= x.length; i += 1) {
      for (let j = 0; j <= y.length; j += 1) {
        if (!i || !j) {
          table[i][j] = i + j;
          continue;
        }
        table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (x[i - 1] !== y[j - 1]));
        if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) {
          table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
      }
    }
    return table[x.length][y.length];
  }

  function similar(word) {
    const points = [...word];
    if (points.length < 3) return [];
    const one = vocabulary.filter((other) => apart(word, other) === 1);
    if (one.length) return one;
    for (let left = points.length - 1; left >= Math.max(5, points.length - 3); left -= 1) {
      const others = vocabulary.filter((other) => other.startsWith(points.slice(0, left).join("")));
      if (others.length) return others;
    }
    if (points.length < 8) return [];
    const third = Math.floor(points.length / 3);
    const [head, tail] = [points.slice(0, third).join(""), points.slice(-third).join("")];
    return vocabulary.filter((other) => (other.startsWith(head) || other.endsWith(tail)) && apart(word, other) === 2);
  }

  /** Every word that stands for one of the query. */
  function meant(word, unfinished, verbatim) {
    const length = [...word].length;
    const wide = shards.filter((first, index) => {
      const next = shards[index + 1];
      const endsBefore = next !== undefined && byCodePoint(next, word) <= 0;
      return !endsBefore && (first.startsWith(word) || byCodePoint(first, word) <= 0);
    }).length > 4;
    const known = vocabulary.includes(word);
    return vocabulary.filter((other) => other === word
      || (!verbatim && known && stem(other) === stem(word))
      || (unfinished && other.startsWith(word) && (length > 2 || (length === 2 && !wide))));
  }

  /** Whether a document has the items in a row; `loose`: or anywhere, if some are where there are no places. */
  function has({ shown, every }, items, loose) {
    const found = items.map(({ any }) => any.filter((word) => every.has(word)));
    if (found.some((any) => !any.length)) return false;
    if (items.length === 1) return true;
    const places = found.map((any) => shown.filter(({ word }) => any.includes(word)).map(({ at }) => at));
    if (loose && places.some((list) => !list.length)) return true;
    return places[0].some((start) => places.every((list, index) => list.includes(start + items[index].at - items[0].at)));
  }

  return function scan(query) {
    const chunks = [];
    let at = 0;
    for (const match of query.matchAll(/["“”]([^"“”]*)(["“”]|$)|[^\s"“”]+/g)) {
      const verbatim = match[1] !== undefined;
      const pieces = (match[1] ?? match[0]).split(/\s+/).filter((piece) => words(piece).length);
      if (!pieces.length) continue;
      const atEnd = match.index + match[0].length === query.length && !match[2];
      const plain = [];
      const items = [];
      pieces.forEach((piece, order) => {
        const sign = special(piece);
        if (sign && vocabulary.includes(sign)) {
          items.push({ word: sign, at, any: [sign], fixed: true });
          plain.push(...words(piece));
          at += words(piece).length;
          return;
        }
        words(piece).forEach((word, place, { length }) => {
          const last = atEnd && order === pieces.length - 1 && place === length - 1;
          items.push({ word, at: at++, any: meant(word, last, verbatim) });
          plain.push(word);
        });
      });
      const rare = items.filter(({ word }) => !common.includes(word));
      chunks.push({ verbatim, plain, items: rare.length ? rare : items, common: !rare.length, instead: [] });
    }

    for (let from = 0; from < chunks.length; from += 1) {
      for (let to = from; to < chunks.length; to += 1) {
        const row = chunks.slice(from, to + 1);
        if (row.some(({ verbatim }) => verbatim)) continue;
        const text = row.flatMap(({ plain }) => plain).join(" ");
        for (const group of synonyms.filter((members) => members.includes(text))) {
          for (const member of group.filter((other) => other !== text)) {
            const items = member.split(" ").map((word, at) => ({ at, any: [word] }));
            if (all.some((document) => has(document, items, false))) row.forEach(({ instead }) => instead.push(items));
          }
        }
      }
    }
    for (const chunk of chunks) {
      if (chunk.verbatim || chunk.instead.length) continue;
      for (const item of chunk.items.filter(({ any }) => !any.length)) {
        const near = similar(item.word);
        item.any = vocabulary.filter((word) => near.some((other) => stem(other) === stem(word)));
      }
    }
    const rare = chunks.filter((chunk) => !chunk.common);
    const required = rare.length ? rare : chunks;
    if (!required.length) return [];
    return all.flatMap((document, index) => (required.every((chunk) => has(document, chunk.items, !chunk.verbatim)
      || chunk.instead.some((items) => has(document, items, false))) ? [index] : []));
  };
}
