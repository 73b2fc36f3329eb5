// What scripts do on load is done a few milliseconds at a time, so that a page on a slow processor answers while they start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("between two slow parts of a start the browser does what else there is to do, and the order stays", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const order = await page.evaluate(async () => {
    const { define, start } = globalThis.prepbook.elements;
    const order = [];
    const busy = (name) => (element) => {
      order.push(name + element.textContent);
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    document.querySelector(".content").innerHTML = "<b class=slow>1</b><b class=slow>2</b><b class=gone>3</b>";
    define(".slow", busy("first "));
    define(".slow", () => document.querySelector(".gone")?.remove());
    define(".gone", busy("never "));
    define(".slow", busy("second "));
    setTimeout(() => order.push("a press of a key"));
    await start(document);
    return order;
  });
  assert.deepEqual(order, ["first 1", "a press of a key", "first 2", "second 1", "second 2"]);
});
