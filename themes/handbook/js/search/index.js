/* Reads the search index: which documents have a word, and where (docs/searching.md). Files are loaded once they are needed,
   decoded once and kept. It must not know what is asked for, nor how files are loaded. */
(function (prepbook) {
  "use strict";

  /** In the order of code points, as the files are; `<` would go by UTF-16. @type {(one: string, other: string) => number} */
  function compare(one, other) {
    const rank = (/** @type {number} */ unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return at < one.length && at < other.length ? rank(one.charCodeAt(at)) - rank(other.charCodeAt(at)) : one.length - other.length;
  }

  /** How many of the sorted words come before the given one, or are it. @type {(sorted: string[], word: string) => number} */
  function upTo(sorted, word) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(sorted[middle], word) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const backwards = (/** @type {string} */ word) => [...word].reverse().join("");

  /** Each word is coded as how much it shares with the one before, and its rest. @param {string} coded */
  function unfold(coded) {
    let word = "";
    return coded === "" ? [] : coded.split("\n").map((entry) => {
      let end = 0;
      for (let shared = parseInt(entry[0], 36); shared > 0; shared -= 1) end += (word.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
      return (word = word.slice(0, end) + entry.slice(1));
    });
  }

  /** Numbers of seven bits a byte. @param {string} bytes */
  const cursor = (bytes, at = 0) => ({
    at,
    next() {
      let [value, scale, byte] = [0, 1, 0];
      do {
        byte = bytes.charCodeAt(this.at++);
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return value;
    },
  });

  /** @param {string} bytes */
  function postings(bytes) {
    const input = cursor(bytes);
    /** @type {SearchPosting[]} */
    const found = [];
    for (let doc = -1; input.at < bytes.length;) {
      const head = input.next();
      doc += Math.floor(head / 32);
      const posting = { doc, field: (head >> 2) & 7, impact: head & 3, at: /** @type {number[]} */ ([]) };
      for (let position = -1, more = posting.field > 1; more;) {
        const step = input.next();
        position += step >> 1;
        posting.at.push(position);
        more = step % 2 > 0;
      }
      found.push(posting);
    }
    return found;
  }

  /** @param {{words: string, data: string}} file */
  function decode({ words: coded, data }) {
    const words = unfold(coded);
    const input = cursor(atob(data));
    const bytes = atob(data);
    /** First of its stem, for each word: an index, and a word of a group of its own is its own first. @type {number[]} */
    const first = [];
    /** @type {Map<number, SearchTerm[]>} */
    const families = new Map();
    const terms = words.map((word, index) => {
      const back = input.next();
      const length = input.next();
      const from = input.at;
      input.at += length;
      first[index] = back ? first[index - back] : index;
      const family = families.get(first[index]) ?? [];
      families.set(first[index], family);
      /** @type {SearchPosting[] | undefined} */ let kept;
      const term = { word, family, postings: () => (kept ??= postings(bytes.slice(from, from + length))) };
      family.push(term);
      return term;
    });
    return { words, terms };
  }

  /** Numbers between spaces and commas, and what each is counted from. @type {Search["index"]["open"]} */
  function open(root, load) {
    /** @type {Map<string, Promise<any>>} */
    const kept = new Map();
    /** What fails is asked for again. @type {<T>(file: string, read: (value: any) => T) => Promise<T>} */
    const file = (path, read) => {
      const promise = kept.get(path) ?? load(path.replace(/\.js$/, ""), path).then(read);
      kept.set(path, promise);
      promise.catch(() => kept.delete(path));
      return promise;
    };
    const shardOf = (/** @type {string[]} */ firsts, /** @type {string} */ word) => Math.max(0, upTo(firsts, word) - 1);

    /** Files of the shards that may hold words with that beginning. @param {string[]} firsts @param {string[]} files @param {string} start */
    function range(firsts, files, start) {
      const from = shardOf(firsts, start);
      let to = from + 1;
      while (to < files.length && firsts[to].startsWith(start)) to += 1;
      return files.slice(from, to);
    }

    /** @type {<T>(words: string[], values: T[], start: string) => T[]} */
    function beginning(words, values, start) {
      const from = upTo(words, start);
      let to = from;
      while (to < words.length && words[to].startsWith(start)) to += 1;
      return values.slice(from && words[from - 1] === start ? from - 1 : from, to);
    }

    const kinds = [...root.kinds.matchAll(/(\D)(\d+)/g)].flatMap(([, kind, count]) => Array(+count).fill(kind));
    /** Where each document is. @type {SearchPlace[]} */
    const places = [];
    root.pages.split(" ").forEach((parts, page) => parts && parts.split(",").forEach((count, part, { length }) => {
      const path = `search/${page}${length > 1 ? "-" + part : ""}.js`;
      for (let at = 0; at < +count; at += 1) places.push({ page, file: path, at, kind: kinds[places.length] });
    }));

    return {
      places,
      kinds: [...new Set(kinds)],
      common: new Set(root.common),
      synonyms: root.synonyms,

      async find(word) {
        if (!root.termFiles.length) return null;
        const { words, terms } = await file(root.termFiles[shardOf(root.terms, word)], decode);
        const at = upTo(words, word) - 1;
        return words[at] === word ? terms[at] : null;
      },
      spread: (start) => range(root.terms, root.termFiles, start).length,
      async startingTerms(start) {
        const shards = await Promise.all(range(root.terms, root.termFiles, start).map((path) => file(path, decode)));
        return shards.flatMap(({ words, terms }) => beginning(words, terms, start));
      },
      async starting(start) {
        return (await this.startingTerms(start)).map(({ word }) => word);
      },
      async ending(end) {
        const start = backwards(end);
        const shards = await Promise.all(range(root.endings, root.endingFiles, start)
          .map((path) => file(path, ({ words }) => unfold(words))));
        return shards.flatMap((words) => beginning(words, words, start)).map(backwards);
      },
      async document(doc) {
        const { file: path, at } = places[doc];
        const { url, title, documents } = await file(path, (value) => value);
        if (!documents[at]) throw new Error(path + " is of another edition");
        return { url, page: title, ...documents[at] };
      },
    };
  }

  prepbook.search.index = { compare, open };
})(prepbook);
