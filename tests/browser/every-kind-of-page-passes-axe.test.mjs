// axe-core finds nothing to say about any kind of page, in any colours, at 1280 and at 320 pixels: WCAG 2.2 A and AA and its
// own best practices. Whether colours stand out in the dark with more contrast is for tests/js/contrast.test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LAPTOP, NARROW, open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const COLOURS = {
  light: { theme: "light" },
  dark: { theme: "dark" },
  "high contrast": { theme: "light", contrast: "more" },
};

/** One line for each finding. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

async function nothingIsFoundWideAndNarrow(page) {
  for (const size of [LAPTOP, NARROW]) {
    await page.setViewportSize(size);
    assert.deepEqual(await findings(page), [], `${size.width} pixels`);
  }
}

for (const [colours, options] of Object.entries(COLOURS)) {
  for (const [kind, path] of Object.entries(PAGES)) {
    test(`${kind}, ${colours}`, async (t) => {
      const { page, url } = await open(t, { ...options, viewport: LAPTOP });
      await page.goto(url(path));
      await treeIsBuilt(page);
      await nothingIsFoundWideAndNarrow(page);
    });
  }

  test(`the open drawer, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: NARROW });
    await page.goto(url(PAGES.page));
    await page.getByRole("button", { name: "Menu" }).click();
    await treeIsBuilt(page);
    assert.deepEqual(await findings(page), []);
  });

  test(`the list of headings over the text, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: NARROW });
    await page.goto(url(PAGES.page));
    await page.locator(".outline summary").click();
    assert.deepEqual(await findings(page), []);
  });

  test(`an open footnote, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.page));
    await page.locator(".footnote-ref a").first().click();
    await page.locator(".footnote-box").waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`open answers and another tab, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.page));
    await page.locator("details.details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    await page.getByRole("tab", { name: "macOS" }).first().click();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`every exercise with its answer open, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.exercises));
    await page.locator("details.answer").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    await nothingIsFoundWideAndNarrow(page);
  });
}
