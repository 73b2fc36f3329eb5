// Every page of a built site, whatever book it was made from, in a real browser: what must hold on all of
// them and needs no knowledge of what stands on any. tests/browser/ asks more, of its own fixture only.
//
//     PREPBOOK_SITE=book node --test tests/tools/any-site.test.mjs

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { test } from "node:test";
import { DESK, open } from "../browser/browser.mjs";
import { fileUrl, folder } from "../browser/site.mjs";

const axe = readFileSync(new URL("../browser/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const NARROW = { width: 320, height: 740 };

/** Pages that only send the reader on are left out: they are gone before anyone can look. */
const pages = readdirSync(folder(), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
  .map((entry) => relative(folder(), join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
  .filter((path) => !/<meta\s[^>]*http-equiv=["']?refresh/i.test(readFileSync(join(folder(), path), "utf8")))
  .sort();

const address = (path) => path.split("/").map(encodeURIComponent).join("/");

/** What a look at the page finds wrong with it; `deep` asks axe too. */
async function faults(page, deep) {
  const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  const found = content > view ? [`scrolls sideways: ${content} of ${view} pixels`] : [];
  if (!deep) return found;
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return found.concat(violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`)));
}

test("there are pages to look at", () => {
  assert.ok(pages.includes("index.html"), `${folder()} has no index.html`);
  assert.ok(pages.length > 1);
});

// Colours do not depend on the width, nor the layout on the colours: each pair is looked at once, not crosswise.
for (const [theme, viewport] of [["light", DESK], ["dark", NARROW]]) {
  test(`every page from the web, ${theme}, ${viewport.width} wide: sound, within its width, silent, and of one origin`, async (t) => {
    const { page, url, origin, complaints, requests } = await open(t, { theme, viewport });
    const found = [];
    for (const path of pages) {
      const response = await page.goto(url(address(path)));
      if (response.status() !== 200) found.push(`${path}: status ${response.status()}`);
      for (const fault of await faults(page, true)) found.push(`${path}: ${fault}`);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests.filter((asked) => !asked.startsWith(`${origin}/`) && !asked.startsWith("data:")), []);
  });
}

test("every page from disk, with and without scripts: within its width, silent, and of one folder", async (t) => {
  const root = fileUrl("");
  for (const scripts of [true, false]) {
    const { page, complaints, requests } = await open(t, { scripts, viewport: NARROW });
    const found = [];
    for (const path of pages) {
      if (path === "404.html") continue; // Its links begin at a host's root, which a disk has not.
      await page.goto(fileUrl(path));
      for (const fault of await faults(page, false)) found.push(`${path}: ${fault}`);
      const text = await page.locator("main").innerText();
      if (text.trim() === "") found.push(`${path}: nothing to read`);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests.filter((asked) => !asked.startsWith(root) && !asked.startsWith("data:")), []);
  }
});
