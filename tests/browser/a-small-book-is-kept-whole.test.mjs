// A small book can be read to the end without a network after one visit, and is taken off the device when the reader says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

test("after one page all others are there", async (t) => {
  const { page, url, lose, kept } = await editions(t);
  await page.goto(url(PAGES.home));
  await page.locator(".offline").getByText("The whole book is kept on this device").waitFor();
  await lose();
  // What is made to be printed is all on other pages, and not kept.
  for (const path of Object.values(PAGES).filter((path) => !path.startsWith("print"))) {
    assert.equal((await page.goto(url(path))).status(), 200, path);
  }
  assert.ok((await kept()).length > 40);
});

test("the reader can take it off the device, and that lasts", async (t) => {
  const { page, url, kept } = await editions(t);
  await page.goto(url(PAGES.home));
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByRole("button", { name: /^Keep this book offline \(/ }).waitFor();
  assert.ok((await kept()).length < 20);
  await page.goto(url(PAGES.second));
  await page.getByRole("button", { name: /^Keep this book offline \(/ }).waitFor();
});
