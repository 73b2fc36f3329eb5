// What scripts do on load is done a few milliseconds at a time, so that a page on a slow processor answers while they start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("before a start and between its slow parts the browser does what else there is to do, and the order stays", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const order = await page.evaluate(async () => {
    const { define, start } = globalThis.prepbook.elements;
    const order = [];
    /** Something that waits until the page has time for it. */
    const work = () => {
      setTimeout(() => order.push("a key"));
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    const busy = (name) => (element) => {
      order.push(name + element.textContent);
      work();
    };
    document.querySelector(".content").innerHTML = "<b class=slow>1</b><b class=slow>2</b><b class=gone>3</b>";
    define(".slow", busy("first "));
    define(".slow", () => document.querySelector(".gone")?.remove());
    define(".gone", busy("never "));
    define(".slow", busy("second "));
    work();
    await start(document);
    return order;
  });
  assert.deepEqual(order, ["a key", "first 1", "a key", "first 2", "a key", "second 1", "a key", "second 2"]);
});
