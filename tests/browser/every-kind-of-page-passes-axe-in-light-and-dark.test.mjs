// axe-core finds nothing to say about any kind of page: WCAG 2.2 A and AA and its own best practices.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DESK, PHONE, open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** One line for each finding. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

for (const theme of ["light", "dark"]) {
  for (const [kind, path] of Object.entries(PAGES)) {
    test(`${kind}, ${theme}, wide and narrow`, async (t) => {
      const { page, url } = await open(t, { theme });
      await page.goto(url(path));
      await treeIsBuilt(page);
      assert.deepEqual(await findings(page), []);
      await page.setViewportSize(PHONE);
      assert.deepEqual(await findings(page), []);
    });
  }

  test(`the open drawer, ${theme}`, async (t) => {
    const { page, url } = await open(t, { theme, viewport: PHONE });
    await page.goto(url(PAGES.page));
    await page.getByRole("button", { name: "Menu" }).click();
    await treeIsBuilt(page);
    assert.deepEqual(await findings(page), []);
  });

  test(`open answers and another tab, ${theme}`, async (t) => {
    const { page, url } = await open(t, { theme, viewport: DESK });
    await page.goto(url(PAGES.page));
    await page.locator("details.details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    await page.getByRole("tab", { name: "macOS" }).first().click();
    assert.deepEqual(await findings(page), []);
  });

  test(`every exercise with its answer open, ${theme}, wide and narrow`, async (t) => {
    const { page, url } = await open(t, { theme });
    await page.goto(url(PAGES.exercises));
    await page.locator("details.answer").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize(PHONE);
    assert.deepEqual(await findings(page), []);
  });
}
