// Several sites may share a host: caches and addresses of others are not the worker's concern, nor is anything but reading.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

test("other caches stay, and what stood at the same path before goes", async (t) => {
  const { page, url, isControlled, publish } = await editions(t, { base: "/book/" });
  await page.goto(url(PAGES.notFound));
  await page.evaluate(() => Promise.all(["theirs", "prepbook /other/ browser-tests", "prepbook /book/ old-name"].map((name) => caches.open(name))));
  await page.goto(url(PAGES.home));
  await isControlled();
  publish({ [PAGES.second]: (html) => html + "\n" });
  await page.goto(url(PAGES.page));
  await page.getByRole("button", { name: "Show it" }).click();
  await page.waitForFunction(async () => !(await caches.keys()).includes("prepbook /book/ old-name"));
  const names = await page.evaluate(async () => (await caches.keys()).sort());
  assert.deepEqual(names, ["prepbook /book/ browser-tests", "prepbook /other/ browser-tests", "theirs"]);
});

test("requests for other addresses, parts of files and anything but reading pass", async (t) => {
  const { page, url, origin, isControlled } = await editions(t, { base: "/book/", small: 0 });
  await page.goto(url(PAGES.home));
  await isControlled();
  await page.goto(url(PAGES.second));
  const from = (address, options) => page.evaluate(async ([address, options]) => {
    await (await fetch(address, options)).text();
    await new Promise((done) => setTimeout(done, 200));
  }, [address, options]);
  await page.evaluate(() => caches.open("prepbook /book/ browser-tests").then((cache) => cache.put("/elsewhere.html", new Response("kept"))));
  const elsewhere = await page.evaluate(async (address) => (await fetch(address)).text(), `${origin}/elsewhere.html`);
  assert.doesNotMatch(elsewhere, /kept/);
  const before = await page.evaluate(async () => (await (await caches.open("prepbook /book/ browser-tests")).keys()).length);
  await from(url(PAGES.glossary), { headers: { Range: "bytes=0-9" } });
  await from(url(PAGES.glossary), { method: "POST" });
  const after = await page.evaluate(async () => (await (await caches.open("prepbook /book/ browser-tests")).keys()).length);
  assert.equal(after, before);
});
