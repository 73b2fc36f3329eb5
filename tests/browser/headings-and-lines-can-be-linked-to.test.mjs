// Every heading and every line of a listing has an address that a reader can get at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("the link beside a heading leads to it and leaves the heading's name alone", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const heading = page.getByRole("heading", { name: "Tables", exact: true });
  await heading.hover();
  await page.getByRole("link", { name: "Link to Tables" }).click();
  assert.equal(new URL(page.url()).hash, "#tables");
  await heading.waitFor();
});

test("nothing moves when the links are added", async (t) => {
  const { page, url } = await open(t);
  const place = () => page.locator("#images").evaluate((heading) => heading.getBoundingClientRect().top + scrollY);
  await page.goto(url(PAGES.page));
  const wrapped = await page.locator(".heading").count();
  assert.ok(wrapped > 5);
  const before = await place();
  await page.locator(".heading").evaluateAll((wrappers) => wrappers.forEach((wrapper) => wrapper.replaceWith(wrapper.firstChild)));
  assert.ok(Math.abs((await place()) - before) < 1);
});

test("a caption leads to the lines it shows", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.locator("figcaption a").first().click();
  const { hash, pathname } = new URL(page.url());
  assert.equal(pathname, "/" + PAGES.listing);
  assert.match(hash, /^#L\d+$/);
  await page.locator(`${hash}:target`).waitFor();
});

test("a click on a line's number puts the line into the address; one on the code does not", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.listing));
  await page.locator("#L5").click({ position: { x: 200, y: 5 } });
  assert.equal(new URL(page.url()).hash, "");
  await page.locator("#L5").click({ position: { x: 20, y: 5 } });
  assert.equal(new URL(page.url()).hash, "#L5");
});
