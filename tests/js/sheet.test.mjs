// A threat model is put down line by line, and what of a model answer its maker had is guessed, ticked and counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { sheet, keeping } = load("core/keeping.js", "core/ticks.js", "core/flaw.js", "core/sheet.js", "core/clock.js").core;

/** Lines as they are typed: `[name, boundary, kind]`. */
const made = (...lines) => lines.reduce((all, [name, inside = "", kind = "process"]) => sheet.put(all, undefined, name, kind, inside), sheet.blank());
const names = ({ places }) => places.map(({ name }) => name);
const SHOP = made(["Browser", "", "external"], ["Returns API", "Shop"], ["Payout worker", "Payments"], ["Orders", "shop", "store"], ["bro -> api"], ["api->pay"], ["API → orders"]);

test("places are named line by line, with the boundary that they are in", () => {
  assert.deepEqual(SHOP.places.slice(0, 4), [
    { id: 1, name: "Browser", kind: "external", in: "" },
    { id: 2, name: "Returns API", kind: "process", in: "Shop" },
    { id: 3, name: "Payout worker", kind: "process", in: "Payments" },
    { id: 4, name: "Orders", kind: "store", in: "Shop" },
  ], "one spelling for each boundary");
  assert.deepEqual(names(made(["  two   words "], ["   "])), ["two words"]);
});

test("an arrow makes a flow between those whose names it means", () => {
  assert.deepEqual(SHOP.places.slice(4).map(({ name, kind, in: inside }) => [name, kind, inside]),
    [["Browser → Returns API", "flow", ""], ["Returns API → Payout worker", "flow", ""], ["Returns API → Orders", "flow", ""]]);
  const last = (line) => names(sheet.put(SHOP, undefined, line, "process", "Shop")).at(-1);
  assert.equal(last("browser <-> api"), "Browser ↔ Returns API");
  assert.equal(last("browser ↔ returns -> worker"), "Browser ↔ Returns API → Payout worker");
  assert.equal(last("b => queue"), "Browser → queue", "what is not there stays as it was typed");
  assert.equal(last("-> api"), "-> api");
  assert.equal(names(made(["API gateway"], ["API"], ["api -> gate"])).at(-1), "API → API gateway", "the shortest that has it");
});

test("a flow crosses where its ends are in different boundaries", () => {
  assert.deepEqual(SHOP.places.map((place) => sheet.crossed(SHOP, place)), [[], [], [], [], ["Shop"], ["Shop", "Payments"], []]);
});

test("a place that is renamed keeps its threats and its flows", () => {
  const before = sheet.add(SHOP, 2, "I", "reads a stranger’s order");
  const after = sheet.put(before, 2, "Desk", "store", "Office");
  assert.deepEqual(after.places[1], { id: 2, name: "Desk", kind: "store", in: "Office" });
  assert.deepEqual(names(after).slice(4), ["Browser → Desk", "Desk → Payout worker", "Desk → Orders"]);
  assert.deepEqual(after.threats, before.threats);
  const gone = sheet.remove(after, 2);
  assert.deepEqual([gone.places.length, gone.threats], [6, []]);
  assert.equal(sheet.put(gone, 3, "", "process", ""), gone);
});

test("a threat has words and a place", () => {
  assert.deepEqual(sheet.add(SHOP, 1, "S", "  a  stolen session ").threats, [{ on: 1, letter: "S", text: "a stolen session", as: "" }]);
  assert.equal(sheet.add(SHOP, 1, "S", " "), SHOP);
  assert.equal(sheet.add(SHOP, 99, "S", "nowhere"), SHOP);
});

const MODEL = {
  threats: [
    { id: "R1", letters: "I", on: ["F1", "P1"], text: "A customer changes the order’s number in the form and reads a stranger’s address." },
    { id: "R2", letters: "T", on: ["F3", "P2"], text: "The account in a message to the payout worker is changed." },
    { id: "R3", letters: "TD", on: ["P2"], text: "A message that comes twice pays twice." },
    { id: "R4", letters: "R", on: ["E2"], text: "An agent denies a decision that paid a friend." },
    { id: "R5", letters: "S", on: ["F1"], text: "Somebody with a stolen session asks for the refund." },
    { id: "R6", letters: "T", on: ["S2"], text: "An administrator writes a payment that nobody asked for." },
  ],
  places: [
    { id: "E2", name: "Agent", at: [] },
    { id: "P1", name: "Returns API", at: ["B2"] },
    { id: "P2", name: "Payout worker", at: ["B3"] },
    { id: "S2", name: "Ledger", at: ["B3"] },
    { id: "F1", name: "Customer’s browser → Returns API", at: ["B1", "B2"] },
    { id: "F3", name: "Returns API → Payout worker", at: ["B3"] },
  ],
  boundaries: [{ id: "B1", name: "Internet edge" }, { id: "B2", name: "Shop" }, { id: "B3", name: "Payments" }, { id: "B4", name: "Unused" }],
};
const guess = (...threats) => sheet.guess(threats.reduce((all, [on, letter, text]) => sheet.add(all, on, letter, text), SHOP), MODEL);
const as = ({ threats }) => threats.map((own) => own.as);

test("a threat is guessed by its letter, with words and places that are alike", () => {
  assert.deepEqual(as(guess([5, "I", "changed order number, reads strangers' addresses"])), ["R1"]);
  assert.deepEqual(as(guess([5, "T", "changed order number, reads strangers' addresses"])), [""], "another letter");
  assert.deepEqual(as(guess([3, "T", "same message comes twice"])), ["R3"]);
  assert.deepEqual(as(guess([3, "D", "message twice"])), ["R3"], "one of two letters");
  assert.deepEqual(as(guess([1, "S", "session stolen"])), ["R5"], "the words alone are enough");
  assert.deepEqual(as(guess([3, "T", "amount negative"])), [""], "the place alone is not");
  assert.deepEqual(as(guess([2, "T", "SQL injection"])), [""]);
  assert.deepEqual(as(guess([3, "T", "negative amount in a message"])), [""], "nor with one word of three");
  assert.deepEqual(guess([3, "T", "message comes twice"], [3, "D", "paid twice by a message"]).had, ["R3"], "two may be one");
  assert.deepEqual(guess().had, []);
});

test("the reader ticks, and says which is which", () => {
  const made = guess([3, "T", "message comes twice"], [2, "T", "SQL injection"]);
  const ticked = sheet.tick(made, "R4", true);
  assert.deepEqual(ticked.had, ["R3", "R4"], "also what is not written");
  assert.deepEqual(sheet.tick(ticked, "R4", true).had, ["R3", "R4"]);
  const off = sheet.tick(ticked, "R3", false);
  assert.deepEqual([as(off), off.had], [["", ""], ["R4"]]);
  const other = sheet.name(ticked, 0, "R2");
  assert.deepEqual([as(other), other.had], [["R2", ""], ["R4", "R2"]], "the tick goes along");
  const both = sheet.name(ticked, 1, "R3");
  assert.deepEqual([as(both), both.had], [["R3", "R3"], ["R4", "R3"]]);
  assert.deepEqual(sheet.name(both, 0, "").had, ["R4", "R3"], "the other one still is it");
});

test("what was had is counted by rank, letter and boundary", () => {
  const had = ["R1", "R3", "R6"].reduce((all, id) => sheet.tick(all, id, true), guess([2, "T", "SQL injection"]));
  const { score, letters, boundaries } = sheet.judge(had, MODEL);
  assert.deepEqual(score, { found: 3, of: 6, top: 2, tops: 5, beyond: 1 });
  assert.deepEqual(letters.map(({ name, found, of }) => `${name} ${found}/${of}`), ["S 0/1", "T 2/3", "R 0/1", "I 1/1", "D 1/1"], "no letter that the model has nothing for");
  assert.deepEqual(boundaries.map(({ name, found, of }) => `${name} ${found}/${of}`), ["Internet edge 1/2", "Shop 1/2", "Payments 2/3", " 0/1"]);
  assert.equal(sheet.judge({ ...had, had: ["R1", "gone"] }, MODEL).score.found, 1, "what the model has no more does not count");
  assert.equal(sheet.judge(sheet.name(had, 0, "gone"), MODEL).score.beyond, 1);
  assert.deepEqual(sheet.judge(sheet.blank(), { threats: [], places: [], boundaries: [] }).score, { found: 0, of: 0, top: 0, tops: 0, beyond: 0 });
});

test("what is kept of a sheet is checked", () => {
  const good = guess([3, "T", "message comes twice"]);
  const open = (value) => keeping.open("sheets", 1, value);
  assert.deepEqual(open(good), good);
  for (const bad of [null, [], {}, { ...good, ended: "now" }, { ...good, had: [1] }, { ...good, places: [null] }, { ...good, places: [{ ...good.places[0], kind: "cloud" }] },
    { ...good, threats: [{ ...good.threats[0], letter: "X" }] }, { ...good, threats: [{ ...good.threats[0], on: "3" }] }, { ...good, threats: {} }]) {
    assert.equal(open(bad), undefined, JSON.stringify(bad));
  }
});

test("attempts of the first version stay as they were, and one of a threat model is of the second", () => {
  const plain = { item: "returns-drill", at: 1, seconds: 60, planned: 1200 };
  const review = { ...plain, score: { found: 1, of: 2, wrong: 0, named: 1, rated: 0, first: 900 } };
  assert.equal(keeping.version("attempts"), 2);
  for (const old of [plain, review]) {
    assert.deepEqual(keeping.open("attempts", 1, old), old);
    assert.deepEqual(keeping.open("attempts", 2, old), old);
  }
  const made = { ...guess([3, "T", "message comes twice"]), ended: 1 };
  const model = { ...plain, score: sheet.judge(made, MODEL).score, sheet: made };
  assert.deepEqual(keeping.open("attempts", 2, model), model);
  for (const bad of [{ ...model, score: { ...model.score, tops: -1 } }, { ...model, sheet: { places: [] } }]) assert.equal(keeping.open("attempts", 2, bad), undefined);
});
