// The files of the index: each is asked for once, when it is needed, and again only if that failed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { byCodePoint, encode, loader } from "./search-encode.mjs";

const { index: searchIndex, query, typos } = load("search/words.js", "search/typos.js", "search/index.js", "search/excerpt.js", "search/query.js").search;

const pages = [
  { url: "a.html", title: "Alpha", documents: [{ id: "", title: "", text: "one two three" }, { id: "x", title: "Four", text: "five" }, { id: "y", title: "Six", text: "" }] },
  { url: "b.html", title: "Beta", documents: [{ id: "z", title: "Seven", text: "eight nine", kind: "d" }] },
];
const files = encode({ pages, shard: 2, part: 2 });

test("a query loads the files of its words, and none twice", async () => {
  const asked = [];
  const index = searchIndex.open(files.get("search/root"), loader(files, asked));
  await Promise.all([query.search("five ", index), query.search("five ", index)]);
  await query.search("five ", index);
  assert.equal(asked.length, 1);
});

test("a file that failed is asked for again", async () => {
  let fails = true;
  const asked = [];
  const steady = loader(files, asked);
  const index = searchIndex.open(files.get("search/root"), (name, file) => (fails ? Promise.reject(new Error("lost")) : steady(name, file)));
  await assert.rejects(query.search("five ", index), /lost/);
  fails = false;
  assert.equal((await query.search("five ", index)).hits.length, 1);
});

test("each document is found in its page's file", async () => {
  const index = searchIndex.open(files.get("search/root"), loader(files));
  const all = await Promise.all(index.places.map((_, doc) => index.document(doc)));
  assert.deepEqual(all.map(({ url, page, id, title }) => [url, page, id, title]),
    [["a.html", "Alpha", "", ""], ["a.html", "Alpha", "x", "Four"], ["a.html", "Alpha", "y", "Six"], ["b.html", "Beta", "z", "Seven"]]);
  assert.deepEqual(index.places.map(({ kind }) => kind).join(""), "pppd");
  assert.deepEqual(index.kinds, ["p", "d"]);
});

test("an empty book can be searched", async () => {
  const empty = encode({ pages: [] });
  const index = searchIndex.open(empty.get("search/root"), loader(empty));
  assert.deepEqual((await query.search("anything at all", index)).hits, []);
});

test("words are in the order of their code points", () => {
  const words = ["", "a", "ab", "b", "z", "é", "\uff5a", "\ufffd", "\u{10000}", "\u{10ffff}", "\u{10000}a"];
  for (const one of words) {
    for (const other of words) {
      assert.equal(Math.sign(searchIndex.compare(one, other)), byCodePoint(one, other), JSON.stringify([one, other]));
    }
  }
});

test("places and counts of any size are read as written", async () => {
  const text = Array.from({ length: 5000 }, (_, index) => (index % 1000 ? "x" + index : "mark")).join(" ");
  const book = encode({ pages: Array.from({ length: 40 }, (_, page) => ({ url: page + ".html", title: "",
    documents: [{ id: "d", title: "", text: page % 17 ? "filler" : text }] })) });
  const index = searchIndex.open(book.get("search/root"), loader(book));
  const postings = (await index.find("mark")).postings();
  assert.deepEqual(postings.map(({ doc }) => doc), [0, 17, 34]);
  assert.deepEqual(postings[2].at, [8, 1008, 2008, 3008, 4008]);
});

test("neighbours in the wrong order are one mistake", () => {
  const cases = [["abcd", "abdc", 1], ["abcd", "abcd", 0], ["abcd", "abc", 1], ["abcd", "xabcd", 1], ["abcd", "abxd", 1],
    ["abcd", "badc", 2], ["ca", "abc", 3], ["", "ab", 2], ["\u{10400}a", "a\u{10400}", 1]];
  for (const [one, other, distance] of cases) assert.equal(typos.distance(one, other), distance, `${one} ${other}`);
});
