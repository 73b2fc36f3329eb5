// A file that is none of ours, of another book, of a newer edition or damaged, and one for which there is no room, leaves
// everything as it was and says why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const list = { phase: "", count: 2, done: 1, items: { aloud: { text: "Say the parts of a drill aloud", at: 1 } } };
const copy = (more = {}) => JSON.stringify({ format: "prepbook practice", book: "browser-tests", kept: { ticks: { version: 2, records: { before: list } } }, ...more });
const bad = { ...list, done: "1" };

const FILES = {
  "an empty file": ["", /no copy of practice/],
  "a file cut off": [copy().slice(0, 90), /no copy of practice/],
  "some other JSON": ['{"kept":{}}', /no copy of practice/],
  "a copy of another book": [copy({ book: "another" }), /another book/],
  "a copy of a newer edition": [copy({ kept: { ticks: { version: 99, records: { before: list } } } }), /newer edition/],
  "a copy with something that this edition does not know": [copy({ kept: { dreams: { version: 1, records: {} } } }), /newer edition/],
  "a damaged copy": [copy({ kept: { ticks: { version: 2, records: { before: list, other: bad } } } }), /damaged \(ticks, other\)/],
};

async function ready(t) {
  const opened = await open(t);
  const { page, url } = opened;
  await page.goto(url(PAGES.exercises));
  await page.getByRole("checkbox", { name: "Share" }).check();
  await page.goto(url(PAGES.practice));
  const load = (text) => page.getByLabel("Load a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) });
  const kept = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.includes(".practice")).sort()));
  return { ...opened, load, kept, said: page.locator(".keeping-said") };
}

test("a file that is wrong", async (t) => {
  const { page, load, kept, said, complaints } = await ready(t);
  const before = await kept();
  for (const [name, [text, says]] of Object.entries(FILES)) {
    await said.evaluate((place) => place.replaceChildren());
    await load(text);
    await said.getByText("Nothing was changed.").waitFor();
    assert.match(await said.innerText(), says, name);
    assert.equal(await said.getByRole("button").count(), 0, name);
    assert.equal(await kept(), before, name);
  }
  assert.ok(await page.locator(".keeping-said p").evaluate((words) => words === document.activeElement), "the focus is on what is said");
  assert.deepEqual(complaints, []);
});

test("a file for which there is no room", async (t) => {
  const { page, load, kept, said } = await ready(t);
  const before = JSON.parse(await kept()).filter(([key]) => /\.practice\./.test(key));
  await page.evaluate(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (key.endsWith(".second")) throw new DOMException("full", "QuotaExceededError");
      setItem.call(this, key, value);
    };
  });
  await load(copy({ kept: { ticks: { version: 2, records: { first: list, second: list, third: list } } } }));
  await said.getByRole("button", { name: "Put it in place of what is here" }).click();
  await said.getByText("The browser has no room for it. Nothing was changed.").waitFor();
  assert.deepEqual(JSON.parse(await kept()).filter(([key]) => /\.practice\./.test(key)), before);
});
