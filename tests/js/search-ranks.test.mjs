// What comes first, and what a query says about itself: small books, one rule each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { encode, loader } from "./search-encode.mjs";

const { index: searchIndex, query } = load("search/words.js", "search/typos.js", "search/index.js", "search/excerpt.js", "search/query.js").search;

/** A book of one page whose sections are given as [heading, text, answer]; hits are named by their headings. */
async function ask(text, sections, more = {}) {
  const documents = sections.map(([title, body = "", answer], index) => ({ id: "s" + index, title, text: body, answer, kind: "pdq"[index % 3] }));
  const files = encode({ pages: [{ url: "a.html", title: "", documents }], ...more });
  const result = await query.search(text, searchIndex.open(files.get("search/root"), loader(files)));
  return { ...result, titles: result.hits.map(({ at }) => sections[at][0]) };
}

test("the words as they were asked for come first, in a heading before in the body", async () => {
  const { titles } = await ask("file upload ", [
    ["Scattered", "upload a file, then the file and the upload"],
    ["Upload of a file"],
    ["Body", "how a file upload works in this much longer text about other things"],
    ["A file upload"],
    ["A file and its upload"],
  ]);
  assert.deepEqual(titles, ["A file upload", "A file and its upload", "Body", "Upload of a file", "Scattered"]);
});

test("common words may stand between, as many as in the query", async () => {
  const { titles } = await ask("denial of service ", [
    ["Other", "service denial and more"],
    ["As asked", "a denial of service"],
  ], { common: ["of", "a"] });
  assert.deepEqual(titles, ["As asked", "Other"]);
});

test("a heading that is the word comes before one that has it among others, and that before the body", async () => {
  const { titles } = await ask("tokens ", [["Body", "tokens tokens tokens"], ["How tokens are kept and lost"], ["Tokens"]]);
  assert.deepEqual(titles, ["Tokens", "How tokens are kept and lost", "Body"]);
});

test("a rarer word weighs more", async () => {
  const { titles } = await ask("review nonce ", [
    ["Of review", "nonce"], ["Of nonce", "review"], ["Review"], ["Review again"], ["Reviews", "review"],
  ]);
  assert.deepEqual(titles, ["Of nonce", "Of review"]);
});

test("the word itself comes before another of its stem, and that before one that only begins with it", async () => {
  const { titles } = await ask("token", [["Tokenizer"], ["Tokens"], ["Token"]], { stems: { token: "token", tokens: "token" } });
  assert.deepEqual(titles, ["Token", "Tokens", "Tokenizer"]);
});

test("words of one stem count once", async () => {
  const stems = { token: "token", tokens: "token" };
  const sections = [["Tokens", "session"], ["Session", "tokens"], ["Token"]];
  const once = await ask("tokens session", sections, { stems });
  const twice = await ask("tokens token session", sections, { stems });
  assert.deepEqual(twice.hits.map(({ score }) => score), once.hits.map(({ score }) => score));
});

test("every word is required, wherever each stands, the page's title included", async () => {
  const pages = [{ url: "a.html", title: "File upload", documents: [{ id: "", title: "", text: "" }, { id: "risks", title: "Risks", text: "malware" }] }];
  const files = encode({ pages });
  const { hits } = await query.search("upload malware ", searchIndex.open(files.get("search/root"), loader(files)));
  assert.deepEqual(hits.map(({ doc }) => doc), [1]);
});

test("common words do not restrict, but find headings when there are no others", async () => {
  const more = { common: ["who", "is"] };
  const sections = [["Who is it"], ["Identity", "who is token"]];
  assert.deepEqual((await ask("who is token ", sections, more)).titles, ["Identity"]);
  const alone = await ask("who is ", sections, more);
  assert.deepEqual([alone.titles, alone.common], [["Who is it"], ["who", "is"]]);
});

test("a special word is that word and no other; unknown, it is read as plain words", async () => {
  const sections = [["Dotted", "keep .env out"], ["Plain", "env of a process"]];
  assert.deepEqual((await ask(".env ", sections)).titles, ["Dotted"]);
  assert.deepEqual((await ask("--env ", sections)).titles.sort(), ["Dotted", "Plain"]);
});

test("synonyms stand for each other, whole", async () => {
  const more = { synonyms: [["xss", "cross site scripting"]] };
  const sections = [["Short", "stored xss"], ["Long", "stored cross-site scripting"], ["Parts", "stored scripting of a cross site"]];
  assert.deepEqual((await ask("stored xss ", sections, more)).titles.sort(), ["Long", "Short"]);
  assert.deepEqual((await ask("stored cross-site scripting ", sections, more)).titles.sort(), ["Long", "Parts", "Short"]);
});

test("in quotation marks words are in a row and as written", async () => {
  const more = { stems: { token: "token", tokens: "token" }, synonyms: [["token", "ticket"]] };
  const sections = [["Row", "a session token here"], ["Apart", "token session"], ["Stem", "session tokens"], ["Other", "session ticket"]];
  assert.deepEqual((await ask('"session token" ', sections, more)).titles, ["Row"]);
});

test("a word that is nowhere is read as one that is near, and the result says so", async () => {
  const { titles, corrections } = await ask("authentcation ", [["Login", "authentication"]]);
  assert.deepEqual([titles, corrections], [["Login"], [{ word: "authentcation", instead: ["authentication"] }]]);
});

test("a word with an ending that the book does not have is read as one with another ending", async () => {
  const { titles, corrections } = await ask("uploading authenticating ", [["Login", "authentication of uploads"], ["Other", "uploads"]]);
  assert.deepEqual(titles, ["Login"]);
  assert.deepEqual(corrections.map(({ instead }) => instead), [["uploads"], ["authentication"]]);
});

test("what only answers have is found, last, and told apart", async () => {
  const { titles, hits } = await ask("nonce reuse ", [
    ["Answer", "What is wrong?", "nonce and reuse"], ["Half", "nonce", "reuse"], ["Text", "reuse of a nonce"],
  ]);
  assert.deepEqual(titles, ["Text", "Half", "Answer"]);
  assert.deepEqual(hits.map(({ hidden }) => hidden), ["", "some", "all"]);
});

test("a term of several words is found in an answer, too", async () => {
  assert.deepEqual((await ask("CWE-79 ", [["Answer", "What is it?", "It is CWE-79."], ["Other", "CWE 80"]])).titles, ["Answer"]);
});

test("without a result, a word that is one letter from another is offered to be that one, before any is left out", async () => {
  const { titles, suggestions } = await ask("treat modelling", [["Threat modelling"], ["How to treat a finding"]]);
  assert.deepEqual(titles, []);
  assert.deepEqual(suggestions.map(({ word, instead, text, count }) => [word, instead, text.trim(), count]), [
    ["treat", "threat", "threat modelling", 1],
    ["treat", "", "modelling", 1],
    ["modelling", "", "treat", 1],
  ]);
});

test("without a result, each word that can be left out is offered with what is then found", async () => {
  const { titles, suggestions } = await ask("token quux session", [["One", "token session"], ["Two", "token"]]);
  assert.deepEqual(titles, []);
  assert.deepEqual(suggestions, [{ word: "quux", instead: "", text: "token session", count: 1 }]);
});

test("one letter stands for itself alone, and says that it is short", async () => {
  const { titles, short } = await ask("t", [["Token"]]);
  assert.deepEqual([titles, short], [[], ["t"]]);
  assert.deepEqual((await ask("c", [["C"], ["Code"]])).titles, ["C"]);
});

test("nothing that can be asked breaks it", async () => {
  for (const text of ["", " ", '"', '""', "-", "🔒", "\u0301", "()", "a".repeat(500), '" " "', "\ud800", ".*", "constructor __proto__"]) {
    const { titles } = await ask(text, [["Token", "constructor"]]);
    assert.deepEqual(titles, [], JSON.stringify(text));
  }
});

test("kinds come with the hits", async () => {
  const { hits } = await ask("token ", [["Token"], ["Token drill"], ["Token question"]]);
  assert.deepEqual(hits.map(({ kind }) => kind).sort(), ["d", "p", "q"]);
});

test("a beginning that very many words have is neither spelt out nor taken for a mistake", async () => {
  const sections = [["Tokyo"], ["Tokens"], ["Tokamak"], ["Toklas"], ["Tokay"], ["Tokelau"], ["Toka"]];
  const { titles, short, corrections } = await ask("tok", sections, { shard: 1 });
  assert.deepEqual([titles, short, corrections], [[], ["tok"], []]);
  assert.deepEqual((await ask("toke", sections, { shard: 1 })).titles, ["Tokens", "Tokelau"]);
});
