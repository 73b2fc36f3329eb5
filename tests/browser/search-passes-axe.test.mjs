// axe-core finds nothing to say about search, with results, without, and when it fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { found, open, search } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

for (const theme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    test(`the dialog and the page, ${theme}, ${width} pixels wide`, async (t) => {
      // A service worker would have what is kept from the page below.
      const { page, url } = await open(t, { theme, viewport: { width, height: 740 }, workers: false });
      await page.goto(url(PAGES.page));
      const field = await search(page, "upload");
      assert.deepEqual(await findings(page), []);
      for (const query of ["", "crosing", "okapi qqqqqq"]) {
        await field.fill(query);
        await found(page);
        assert.deepEqual(await findings(page), [], query);
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.goto(url(PAGES.search) + "?q=upload");
      await found(page);
      assert.deepEqual(await findings(page), []);
      await page.context().route(/\/search\/root\.js$/, (route) => route.abort());
      await page.goto(url(PAGES.page));
      await page.keyboard.press("/");
      await page.getByRole("alert").waitFor();
      assert.deepEqual(await findings(page), []);
    });
  }
}
