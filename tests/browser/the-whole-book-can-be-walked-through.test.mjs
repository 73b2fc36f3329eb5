// By “Next” from the home page a reader comes to every page, and by the trail above the title back up to it: without scripts
// from the web, with scripts from disk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl, folder } from "./site.mjs";

/** Pages that somebody has written; lists that the generator makes of them are led to from every page. */
const written = JSON.parse(readFileSync(join(folder(), "site.json"), "utf8")).pages.filter(({ source }) => source).map(({ url }) => url);

for (const [way, scripts] of [["web", false], ["disk", true]]) {
  const how = `from ${way === "web" ? "the web" : "disk"}, scripts ${scripts ? "on" : "off"}`;

  test(`every page in reading order, ${how}`, async (t) => {
    const { page, url, complaints } = await open(t, { scripts });
    const address = way === "disk" ? fileUrl : url;
    const root = address(PAGES.home).slice(0, -PAGES.home.length);
    await page.goto(address(PAGES.home));
    const visited = [];
    for (;;) {
      visited.push(page.url().slice(root.length));
      assert.ok(visited.length <= written.length, `a circle: ${visited.slice(-3)}`);
      const next = page.getByRole("navigation", { name: "Reading order" }).locator("[rel=next]");
      if ((await next.count()) === 0) break;
      const title = (await next.innerText()).replace(/^Next\s*/i, "");
      await Promise.all([page.waitForURL((to) => to.href !== address(visited.at(-1))), next.click()]);
      assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), title);
    }
    assert.deepEqual(visited.sort(), written.sort());
    assert.deepEqual(complaints, []);
  });

  test(`up by the trail, ${how}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    const address = way === "disk" ? fileUrl : url;
    await page.goto(address(PAGES.inner));
    const trail = page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link");
    const titles = await trail.allInnerTexts();
    assert.equal(titles.length, 3);
    for (const title of titles.reverse()) {
      await trail.last().click();
      await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    }
    assert.equal(page.url(), address(PAGES.home));
  });
}
