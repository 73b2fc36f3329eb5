/* What a query means: which documents match it, in which order, and what else could be asked (docs/search-queries.md). It must not know
   how the index is kept, nor how results are shown. */
(function (prepbook) {
  "use strict";
  const { words, typos } = prepbook.search;
  /** What a match counts by its field: only in an answer, only in the page's title, body, heading, page title. */
  const FIELD = [0.5, 1, 2, 6, 9];
  /** What it counts more by each step of impact. */
  const IMPACT = [0, 0, 0.5, 1, 1];
  /** What is left of that when a word is not the very one asked for. */
  const [EXACT, STEM, PREFIX, SYNONYM, TYPO] = [1, 0.8, 0.6, 0.6, 0.4];
  const COMMON = 0.1;
  /** Shards that a beginning may span and still stand for all that begins with it. */
  const WIDEST = 4;
  /** Pieces of a query that are left out on trial. */
  const MOST = 8;

  /** @type {Search["query"]["parse"]} */
  function parse(text) {
    const chunks = [];
    let at = 0;
    for (const match of text.matchAll(/["“”]([^"“”]*)(["“”]|$)|[^\s"“”]+/g)) {
      const [raw, quoted, close] = match;
      const pieces = (quoted ?? raw).split(/\s+/)
        .map((piece) => ({ special: words.special(piece), words: words.split(piece).map((word) => ({ word, at: at++ })) }))
        .filter((piece) => piece.words.length);
      const unfinished = match.index + raw.length === text.length && !close;
      if (pieces.length) chunks.push({ raw, start: match.index, pieces, quoted: quoted !== undefined, unfinished });
    }
    return chunks;
  }

  /** Documents that have any of the terms. @param {[SearchTerm, number][]} found  with what each counts */
  function union(found) {
    /** @type {Map<number, SearchMatch>} */
    const docs = new Map();
    for (const [term, weight] of found) {
      for (const posting of term.postings()) {
        const { doc, field, impact } = posting;
        const known = docs.get(doc);
        const value = weight * (FIELD[field] + impact * IMPACT[field]);
        if (!known) {
          docs.set(doc, { value, field, from: [posting] });
          continue;
        }
        known.value = Math.max(known.value, value);
        known.field = Math.max(known.field, field);
        known.from.push(posting);
      }
    }
    return docs;
  }

  /** Where the items stand in a row, by the place of the first. @param {SearchItem[]} items @param {number} doc */
  function rows(items, doc) {
    const places = items.map(({ docs, at }) => (docs.get(doc)?.from ?? [])
      .flatMap((posting) => posting.at.map((place) => place - (at - items[0].at))));
    return places[0].filter((start) => places.every((all) => all.includes(start)));
  }

  /**
   * How closely the items stand together: 3 in a row in the heading, 2 in the heading in this order, 1 in a row in the body. The
   * index does not say where a heading ends; but a word that is in it stands there first.
   * @param {SearchItem[]} items @param {number} doc
   */
  function closeness(items, doc) {
    const heads = items.map(({ docs }) => (docs.get(doc)?.from ?? []).filter(({ field }) => field > 2).map((posting) => posting.at[0]));
    const starts = rows(items, doc);
    if (starts.some((start) => heads.some((places, order) => places.includes(start + items[order].at - items[0].at)))) return 3;
    let before = -1;
    const ordered = heads.every((places) => (before = Math.min(...places.filter((place) => place > before))) < Infinity);
    return ordered ? 2 : Math.min(1, starts.length);
  }

  /**
   * Documents that have all items in a row. Answers and titles of pages give no places: if not `strict`, words that are only
   * there need not be in a row.
   * @param {SearchItem[]} items @param {boolean} strict
   */
  function phrase(items, strict) {
    if (items.length === 1) return items[0].docs;
    /** @type {Map<number, SearchMatch>} */
    const docs = new Map();
    for (const doc of items[0].docs.keys()) {
      const all = items.flatMap((item) => item.docs.get(doc) ?? []);
      const loose = !strict && all.some(({ field }) => field < 2);
      if (all.length < items.length || !(loose || rows(items, doc).length)) continue;
      const value = all.reduce((sum, match) => sum + match.value, 0) / all.length;
      docs.set(doc, { value, field: Math.min(...all.map(({ field }) => field)), from: [] });
    }
    return docs;
  }

  /** @param {Map<number, SearchMatch>[]} sets */
  function intersection(sets) {
    const [first, ...others] = [...sets].sort((one, other) => one.size - other.size);
    return first ? [...first.keys()].filter((doc) => others.every((set) => set.has(doc))) : [];
  }

  /** @param {string} word @param {boolean} unfinished @param {boolean} verbatim @param {SearchIndex} index */
  async function matching(word, unfinished, verbatim, index) {
    const term = await index.find(word);
    /** @type {Map<SearchTerm, number>} */
    const found = new Map(term ? [[term, EXACT]] : []);
    const offer = (/** @type {SearchTerm[]} */ terms, /** @type {number} */ weight) =>
      terms.forEach((other) => found.has(other) || found.set(other, weight));
    if (term && !verbatim) offer(term.family, STEM);
    const count = [...word].length;
    const short = unfinished && (count < 2 || index.spread(word) > WIDEST);
    if (unfinished && !short) offer(await index.startingTerms(word), PREFIX);
    return { found: [...found], short };
  }

  /** @param {SearchChunk} chunk @param {SearchIndex} index @returns {Promise<SearchPart>} */
  async function resolve(chunk, index) {
    const items = await Promise.all(chunk.pieces.map(async ({ special, words: plain }, order) => {
      const term = special ? await index.find(special) : null;
      if (term) {
        return [{ word: special, at: plain[0].at, found: [[term, EXACT]], short: false, plain: plain.map(({ word }) => word) }];
      }
      return Promise.all(plain.map(async ({ word, at }, place) => {
        const last = chunk.unfinished && order === chunk.pieces.length - 1 && place === plain.length - 1;
        return { word, at, ...(await matching(word, last, chunk.quoted, index)), plain: null };
      }));
    }));
    const all = /** @type {SearchItem[]} */ (items.flat().map((item) => ({ ...item, docs: union(/** @type {any} */ (item.found)) })));
    const rare = all.filter(({ word }) => !index.common.has(word));
    return { chunk, all, items: rare.length ? rare : all, common: !rare.length, docs: new Map() };
  }

  /** Where chunks in a row are one member of a group of synonyms, the others stand for them. @param {SearchPart[]} parts @param {SearchIndex} index */
  async function synonyms(parts, index) {
    const found = [];
    for (let from = 0; from < parts.length; from += 1) {
      const row = [];
      for (let to = from; to < parts.length && !parts[to].chunk.quoted; to += 1) {
        row.push(...parts[to].chunk.pieces.flatMap((piece) => piece.words.map(({ word }) => word)));
        const text = row.join(" ");
        const others = index.synonyms.filter((group) => group.includes(text)).flat().filter((member) => member !== text);
        for (const member of others) {
          const plain = member.split(" ");
          const items = await Promise.all(plain.map(async (word, at) => {
            const term = await index.find(word);
            return { word, at, found: [], short: false, plain: null, docs: union(term ? [[term, SYNONYM]] : []) };
          }));
          found.push({ from, to, plain, docs: phrase(items, true) });
        }
      }
    }
    return found.filter(({ docs }) => docs.size);
  }

  /** What may have been meant by words that match nothing. @param {SearchPart} part @param {SearchIndex} index */
  async function correct(part, index) {
    const corrections = [];
    for (const item of part.chunk.quoted ? [] : part.items.filter(({ found, short }) => !found.length && !short)) {
      const terms = await Promise.all((await typos.candidates(item.word, index)).map(index.find));
      const near = terms.flatMap((term) => term ?? []);
      if (!near.length) continue;
      near.sort((one, other) => other.postings().length - one.postings().length);
      corrections.push({ word: item.word, instead: near.map(({ word }) => word) });
      item.found = [...new Set(near.flatMap((term) => [term, ...term.family]))].map((term) => [term, TYPO]);
      item.docs = union(item.found);
    }
    return corrections;
  }

  /** What shows in texts why they were found. @param {SearchPart} part @param {number} chunk @returns {SearchPattern} */
  function pattern({ all }, chunk) {
    const sets = all.flatMap(({ word, found, plain }) =>
      plain?.map((one) => new Set([one])) ?? [new Set([word, ...found.map(([term]) => term.word)])]);
    const special = all.length === 1 && all[0].plain ? all[0].word : "";
    const inside = words.tokens(special);
    return {
      chunk,
      words: sets,
      special: special ? { word: special, before: inside[0].start, after: special.length - inside[inside.length - 1].end } : null,
    };
  }

  /** @param {string} text @param {SearchIndex} index */
  async function find(text, index) {
    const parts = await Promise.all(parse(text).map((chunk) => resolve(chunk, index)));
    const substitutes = await synonyms(parts, index);
    const corrections = (await Promise.all(parts.map((part, order) =>
      (substitutes.some(({ from, to }) => from <= order && order <= to) ? [] : correct(part, index))))).flat();
    parts.forEach((part, order) => {
      part.docs = new Map(phrase(part.items, part.chunk.quoted));
      for (const { from, to, docs } of substitutes) {
        if (from > order || order > to) continue;
        for (const [doc, match] of docs) {
          const { value = 0, field = 0 } = part.docs.get(doc) ?? {};
          part.docs.set(doc, { value: Math.max(value, match.value), field: Math.max(field, match.field), from: [] });
        }
      }
    });

    const restricting = parts.filter((part) => !part.common);
    const required = restricting.length ? restricting : parts;
    const row = required.flatMap(({ items }) => items);
    // Words that stem alike count once.
    const families = required.map(({ all }) => (all.length === 1 && all[0].found[0]?.[1] === EXACT ? all[0].found[0][0].family : all));
    const weights = required.map(({ docs }, order) =>
      (families.indexOf(families[order]) < order ? 0 : Math.log(1 + index.places.length / docs.size)));

    const hits = intersection(required.map(({ docs }) => docs)).map((doc) => {
      const matches = parts.map(({ docs }) => docs.get(doc));
      const fields = required.map(({ docs }) => docs.get(doc)?.field);
      const score = required.reduce((sum, { docs }, order) => sum + weights[order] * (docs.get(doc)?.value ?? 0), 0);
      const extra = matches.filter((match, order) => match && match.field > 2 && !required.includes(parts[order])).length;
      return {
        doc,
        ...index.places[doc],
        row: row.length > 1 ? closeness(row, doc) : 0,
        score: score + COMMON * extra,
        hidden: fields.every((field) => !field) ? "all" : fields.includes(0) ? "some" : "",
      };
    });
    hits.sort((one, other) => other.row - one.row || other.score - one.score || one.doc - other.doc);
    return { parts, substitutes, corrections, required, hits };
  }

  /** Words of the book that one of its words may stand for by mistake. @param {SearchPart} part @param {SearchIndex} index */
  async function alike({ chunk, all }, index) {
    const [{ word, plain }] = all;
    // Not at the price of a large part of a very large book's words.
    const isDear = index.spread([...word].slice(0, 2).join("")) > MOST;
    return chunk.quoted || all.length > 1 || plain || isDear ? [] : (await typos.candidates(word, index)).filter((other) => other !== word);
  }

  /**
   * The query with another word for one of its pieces, or without it, where that finds something.
   * @param {string} text @param {SearchPart[]} parts @param {SearchIndex} index
   */
  async function suggest(text, parts, index) {
    const tried = await Promise.all(parts.slice(0, MOST).map(async (part) => {
      const { raw, start } = part.chunk;
      return Promise.all([...(await alike(part, index)).slice(0, MOST), ""].map(async (instead) => {
        const rest = (text.slice(0, start) + ` ${instead} ` + text.slice(start + raw.length)).replace(/\s+/g, " ");
        // A word at the end that was finished stays so, by the space behind it.
        const other = start + raw.length < text.length ? rest.trimStart() : rest;
        return { word: raw, instead, text: other, count: (await find(other, index)).hits.length };
      }));
    }));
    const found = tried.flat().filter(({ count }) => count);
    return found.sort((one, other) => Number(!one.instead) - Number(!other.instead) || other.count - one.count).slice(0, MOST);
  }

  prepbook.search.query = {
    parse,
    async search(text, index) {
      const { parts, substitutes, corrections, required, hits } = await find(text, index);
      return {
        hits,
        corrections,
        suggestions: hits.length || required.length < 2 ? [] : await suggest(text, required, index),
        common: required.filter((part) => part.common).map(({ chunk }) => chunk.raw),
        short: parts.flatMap(({ all }) => all.filter((item) => item.short && !item.found.length)).map(({ word }) => word),
        patterns: [
          ...required.map(pattern),
          ...substitutes.map(({ from, plain }) => ({ chunk: from, words: plain.map((word) => new Set([word])), special: null })),
        ],
        asked: parts.length > 0,
      };
    },
  };
})(prepbook);
