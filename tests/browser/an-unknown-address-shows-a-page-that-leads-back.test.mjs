// The page for addresses that are not there works at any depth.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";

test("its styles, its tree and its way home work three folders down", async (t) => {
  const { page, url } = await open(t);
  const response = await page.goto(url("no/such/page.html"));
  assert.equal(response.status(), 404);
  await treeIsBuilt(page);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgba(0, 0, 0, 0)");
  await page.getByRole("main").getByRole("link", { name: "Fixture Handbook" }).click();
  assert.equal(page.url(), url("index.html"));
});
