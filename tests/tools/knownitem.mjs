// A built site -> how well its search finds what is known to be there: each heading is asked for as it stands, with a letter
// missing, and by two of its words; the section must be among the first three results often enough. And for random
// questions, the very sections must be found that reading all texts from beginning to end finds. It knows the files of the
// index (docs/searching.md) and the theme's search; nothing of the generator.
//
//     node knownitem.mjs SITE [--seed 1] [--most 2000] [--questions 500]
//
// `--most`: how many headings at most, drawn by the seed. Sections whose headings have the same words cannot be told apart
// by them: any of those counts. A letter is taken from a word of four or more. Two words that more than three headings have
// are not asked for.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { isFile, option, pagesIn, siteOf } from "./published.mjs";

/** How many of the headings must be found among the first three. */
const ENOUGH = { "as it stands": 0.97, "a letter missing": 0.9, "two middle words": 0.9 };

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

/** Numbers that look random and are the same each time. */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function textOf(html) {
  return html
    .replace(/<sup\b.*?<\/sup>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
}

/** The headings of a page that a reader sees without opening an answer: {id, text, level}. */
function headingsOf(html) {
  // What leads elsewhere is no text.
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>")).replace(/<nav\b.*?<\/nav>/gs, "");
  const found = [];
  const folded = [];
  for (const { 1: close, 2: name, 3: attributes, 4: level, 5: own, 6: inner } of main.matchAll(
    /<(\/?)(details)\b([^>]*)>|<h([1-6])\b([^>]*)>(.*?)<\/h\4>/gs,
  )) {
    if (name && close) folded.pop();
    else if (name) folded.push(/class="[^"]*\banswer\b/.test(attributes));
    else if (!folded.includes(true)) found.push({ level: Number(level), id: /\bid="([^"]*)"/.exec(own)?.[1] ?? "", text: textOf(inner) });
  }
  // What has no id cannot be led to: lists of the theme's own, such as a folder's pages.
  return found.filter(({ level, id, text }) => text !== "" && (id !== "" || level === 1));
}

/** The theme's search over the files of the site, and every document that they show. */
async function openSite(root) {
  const { load } = await import("../js/load.mjs");
  const prepbook = load(...["words", "typos", "index", "excerpt", "query"].map((name) => `search/${name}.js`));
  const read = async (name, file) => {
    runInThisContext(readFileSync(join(root, file), "utf8"), { filename: file });
    if (!prepbook.values.has(name)) throw new Error(`${file} does not register ${name}`);
    return prepbook.values.get(name);
  };
  const { index: searchIndex, query } = prepbook.search;
  const index = searchIndex.open(await read("search/root", "search/root.js"), read);
  const documents = await Promise.all(index.places.map((_, doc) => index.document(doc)));
  return { index, documents, ask: (text) => query.search(text, index) };
}

/** Letters only: a sign that goes missing is no slip of the finger. */
function withoutALetter(words, pick) {
  const long = words.flatMap((word, at) => (/^\p{L}{4,}$/u.test(word) ? [at] : []));
  if (long.length === 0) return undefined;
  const at = long[pick(long.length)];
  const letters = [...words[at]];
  letters.splice(pick(letters.length), 1);
  return words.map((word, index) => (index === at ? letters.join("") : word)).join(" ");
}

function middle(words, common) {
  const telling = words.filter((word) => !common.has(word));
  const at = Math.floor((telling.length - 2) / 2);
  return telling.length < 3 ? undefined : telling.slice(at, at + 2).join(" ");
}

/** Headings of the pages that are searched; and those that no document stands for. */
function items(root, documents) {
  // A page's first document is the page.
  const byPlace = new Map(documents.map((document, doc) => [`${document.url}#${document.id}`, doc]).reverse());
  const searched = new Set(documents.map(({ url }) => url));
  const found = [];
  const lost = [];
  for (const page of pagesIn(root).filter((page) => searched.has(page))) {
    for (const { level, id, text } of headingsOf(readFileSync(join(root, page), "utf8"))) {
      const doc = byPlace.get(`${page}#${id}`) ?? (level === 1 ? byPlace.get(`${page}#`) : undefined);
      if (doc === undefined) lost.push(`${page}#${id}: ${text}`);
      else found.push({ doc, text, place: `${page}#${id}` });
    }
  }
  return { found, lost };
}

async function measureHeadings({ index, documents, ask }, found, plain, pick) {
  /** What a document is called: those that are called the same are the same to whoever asks. */
  const name = (doc) => plain(documents[doc].title || documents[doc].page).join(" ");
  const names = [...new Set(documents.map((_, doc) => name(doc)))].map((name) => name.split(" "));
  const telling = (question) => {
    const words = question && plain(question);
    return words && names.filter((name) => words.every((word) => name.includes(word))).length <= 3 ? question : undefined;
  };
  const faults = [];
  const ways = {
    "as it stands": ({ text }) => text,
    "a letter missing": ({ text }) => withoutALetter(text.split(" "), pick),
    "two middle words": ({ text }) => telling(middle(plain(text), index.common)),
  };
  for (const [way, question] of Object.entries(ways)) {
    const ranks = [];
    const missed = [];
    const times = [];
    for (const item of found) {
      const text = question(item);
      if (text === undefined) continue;
      const start = performance.now();
      const { hits } = await ask(text);
      times.push(performance.now() - start);
      const wanted = name(item.doc);
      const rank = hits.findIndex(({ doc }) => doc === item.doc || name(doc) === wanted) + 1;
      ranks.push(rank);
      if (rank === 0 || rank > 3) missed.push(`“${text}” for ${item.place}: ${rank || "not found"}`);
    }
    if (ranks.length === 0) {
      faults.push(`${way}: there was nothing to ask`);
      continue;
    }
    const success = 1 - missed.length / ranks.length;
    const mrr = ranks.reduce((sum, rank) => sum + (rank && 1 / rank), 0) / ranks.length;
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    console.log(`${way}: ${ranks.length} headings, success@3 ${success.toFixed(3)}, MRR ${mrr.toFixed(3)}, ${median.toFixed(1)} ms`);
    for (const line of missed.slice(0, 8)) console.log(`    ${line}`);
    if (success < ENOUGH[way]) faults.push(`${way}: success@3 ${success.toFixed(3)}, at least ${ENOUGH[way]}`);
  }
  return faults;
}

/** Words and pairs of neighbours, asked for as written, against a reading of all texts. */
async function compareWithReading({ index, documents, ask }, plain, pick, rounds) {
  const read = documents.map(({ title, page, text }) => {
    const runs = [plain(title || page), plain(text)];
    return { runs, every: new Set([...runs.flat(), ...plain(page)]) };
  });
  const telling = (word) => !index.common.has(word);
  const sources = read.map(({ runs }) => runs[1]).filter((run) => run.filter(telling).length > 1);
  const draw = (list) => list[pick(list.length)];
  const faults = [];
  let found = 0;
  for (let round = 0; round < rounds && sources.length > 0; round += 1) {
    const run = draw(sources);
    const starts = run.flatMap((word, at) => (at + 1 < run.length && telling(word) && telling(run[at + 1]) ? [at] : []));
    const pair = round % 2 === 0 && starts.length > 0 ? draw(starts) : -1;
    const words = pair >= 0 ? [run[pair], run[pair + 1]] : [draw(run.filter(telling)), draw(draw(sources).filter(telling))];
    const question = pair >= 0 ? `"${words.join(" ")}"` : words.map((word) => `"${word}"`).join(" ");
    const matches = ({ runs, every }) =>
      pair >= 0
        ? runs.some((list) => list.some((word, at) => word === words[0] && list[at + 1] === words[1]))
        : words.every((word) => every.has(word));
    // What stands in an answer is in no text file, so a document that has one may be found for more than can be read.
    const open = (doc) => !documents[doc].answer;
    const { hits } = await ask(question);
    const got = hits.map(({ doc }) => doc).filter(open).sort((a, b) => a - b).join(" ");
    const expected = read.flatMap((document, doc) => (open(doc) && matches(document) ? [doc] : [])).join(" ");
    if (expected) found += 1;
    if (got !== expected) faults.push(`${question}: found ${got || "nothing"}, but reading finds ${expected || "nothing"}`);
  }
  console.log(`${rounds} random questions, ${found} with results, ${faults.length} unlike a reading of all texts`);
  if (found * 3 < rounds) faults.push("too few questions had results to compare");
  return faults;
}

async function main() {
  const args = process.argv.slice(2);
  const seed = Number(option(args, "seed", 1));
  const most = Number(option(args, "most", 2000));
  const questions = Number(option(args, "questions", 500));
  const root = siteOf(args, "node knownitem.mjs SITE [--seed N] [--most N] [--questions N]");
  if (!root || [seed, most, questions].some(Number.isNaN)) return 2;
  if (!isFile(join(root, "search/root.js"))) {
    console.log("this site has no search/root.js");
    return 1;
  }
  const { words: plain } = await import("../js/search-encode.mjs");
  const site = await openSite(root);
  const pick = random(seed);
  const { found, lost } = items(root, site.documents);
  while (found.length > most) found.splice(pick(found.length), 1);
  const faults = lost.map((place) => `no document stands for ${place}`);
  faults.push(...(await measureHeadings(site, found, plain, pick)));
  faults.push(...(await compareWithReading(site, plain, pick, questions)));
  for (const fault of faults.slice(0, 40)) console.log(fault);
  console.log(`${site.documents.length} documents, ${faults.length} faults`);
  return faults.length > 0 ? 1 : 0;
}

process.exitCode = await main();
