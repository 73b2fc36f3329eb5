// Hundreds of random queries over random books: the index finds the very documents that reading all of them finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { encode, loader } from "./search-encode.mjs";
import { scanner } from "./search-scan.mjs";

const { index: searchIndex, query } = load("search/words.js", "search/typos.js", "search/index.js", "search/excerpt.js", "search/query.js").search;

/** Numbers that look random and are the same each time. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ROOTS = ["attack", "upload", "token", "secret", "session", "authenticat", "author", "review", "threat", "model", "scan",
  "stor", "cross", "site", "script", "file", "risk", "rank", "ränk", "log", "\u{10400}deseret", "\ufb01sh"];
const ENDINGS = ["", "s", "ed", "ing", "ion", "er"];
const WORDS = [...ROOTS.flatMap((root) => ENDINGS.map((ending) => root + ending)), "s3", "cwe", "79", "c", "a01", "2021", "xss", "if"];
const SIGNS = [".env", "--flag", "C++", "c#", "@RequestMapping", "/etc/passwd", "$_GET", "CWE-79", "A01:2021", "cross-site",
  "don’t", "O'Neil", "漢字", "サーバ", "“quoted”", "(token)", "scan.", "-", "…", "🔒"];
const COMMON = ["the", "of", "and"];
const STEMS = Object.fromEntries(ROOTS.flatMap((root) => ENDINGS.filter((ending) => ending !== "er")
  .map((ending) => [(root + ending).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(), root])));
const SYNONYMS = [["xss", "cross site scripting"], ["log", "scan", "session token"]];

function book(seed) {
  const pick = random(seed);
  const of = (list) => list[pick(list.length)];
  const text = (most) => Array.from({ length: pick(most) }, () => of(of([WORDS, WORDS, WORDS, SIGNS, COMMON]))).join(" ");
  const pages = Array.from({ length: 4 + pick(8) }, (_, number) => ({
    url: number + ".html",
    title: text(4),
    documents: Array.from({ length: 1 + pick(6) }, (_, order) => ({
      id: order ? "s" + order : "",
      title: order ? text(5) : "",
      text: text(30),
      kind: of(["p", "p", "d", "q"]),
      answer: pick(3) ? undefined : text(12),
    })),
  }));
  return { pages, stems: STEMS, synonyms: SYNONYMS, common: COMMON, shard: 3 + pick(40), part: 2 };
}

function question(pick) {
  const of = (list) => list[pick(list.length)];
  const word = () => of(of([WORDS, WORDS, WORDS, SIGNS, COMMON]));
  const spoil = (text) => {
    const points = [...text];
    const at = pick(points.length);
    const ways = [() => points.splice(at, 1), () => points.splice(at, 0, "e"), () => (points[at] = "x"),
      () => points.splice(at, 2, ...points.slice(at, at + 2).reverse())];
    of(ways)();
    return points.join("");
  };
  const pieces = Array.from({ length: 1 + pick(3) }, () => of([
    word, word, () => word().slice(0, 2 + pick(4)), () => spoil(word()), () => spoil(spoil(word())),
    () => `"${word()} ${word()}"`, () => `${word()}-${word()}`, () => of(SYNONYMS.flat()),
  ])());
  return pieces.join(" ") + of(["", "", " ", '"', " -"]);
}

for (let seed = 1; seed <= 12; seed += 1) {
  test(`book ${seed}`, async () => {
    const written = book(seed);
    const files = encode(written);
    const root = files.get("search/root");
    const index = searchIndex.open(root, loader(files));
    const scan = scanner(written, root.terms);
    const pick = random(seed + 1000);
    let [found, corrected] = [0, 0];
    for (let round = 0; round < 80; round += 1) {
      const asked = question(pick);
      const result = await query.search(asked, index);
      assert.deepEqual(result.hits.map(({ doc }) => doc).sort((one, other) => one - other), scan(asked), JSON.stringify(asked));
      for (const { text, count } of result.suggestions) {
        assert.equal(scan(text).length, count, `${JSON.stringify(asked)} suggests ${JSON.stringify(text)}`);
      }
      found += result.hits.length > 0;
      corrected += result.corrections.length > 0;
    }
    // Otherwise the comparison would be of nothing with nothing.
    assert.ok(found > 20 && corrected > 5, `${found} queries found something, ${corrected} were corrected`);
  });
}
