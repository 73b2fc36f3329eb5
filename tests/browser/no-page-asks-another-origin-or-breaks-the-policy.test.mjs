// A page loads from its own site alone, and nothing on it is refused by its own policy or complains on the console.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

/** The console tells of most refusals, this event of all. */
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`));
}

/** What a reader does on a page. */
async function use(page) {
  await treeIsBuilt(page);
  await page.getByLabel("Theme").selectOption("Dark");
  for (const tab of await page.getByRole("tab").all()) await tab.click();
  await page.locator(".twist").evaluateAll((buttons) => buttons.forEach((button) => button.click()));
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
}

test("from the web", async (t) => {
  const { page, url, origin, complaints, requests } = await open(t, { init: reportViolations });
  for (const path of Object.values(PAGES)) {
    await page.goto(url(path));
    await use(page);
  }
  assert.deepEqual(complaints, []);
  assert.deepEqual(requests.filter((address) => !address.startsWith(origin + "/") && !address.startsWith("data:")), []);
});

test("from disk", async (t) => {
  const { page, complaints, requests } = await open(t, { init: reportViolations });
  const root = fileUrl("");
  for (const [kind, path] of Object.entries(PAGES)) {
    if (kind === "notFound") continue; // Its links start at a host's root, which a disk has not.
    await page.goto(fileUrl(path));
    await use(page);
  }
  assert.deepEqual(complaints, []);
  assert.deepEqual(requests.filter((address) => !address.startsWith(root) && !address.startsWith("data:")), []);
});

test("the policy stands before anything it governs and allows nothing inline", async (t) => {
  const { page, url } = await open(t);
  for (const path of Object.values(PAGES)) {
    await page.goto(url(path));
    const head = await page.evaluate(() => [...document.head.children].map(({ localName, httpEquiv }) => httpEquiv || localName));
    assert.deepEqual(head.slice(0, 2), ["meta", "Content-Security-Policy"]);
    const html = await (await page.request.get(url(path))).text();
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+="|javascript:|<script(?![^>]*\ssrc=)/i, path);
  }
});
