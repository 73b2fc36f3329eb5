// Where the browser keeps nothing, or has no room left, practice goes on, and a slip says once that it will be forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** In the page, before its scripts. */
const WAYS = {
  blocked: {
    init: () => {
      for (const area of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, area, {
          get() {
            throw new DOMException("refused", "SecurityError");
          },
        });
      }
    },
    says: /keeps nothing for this book/,
  },
  full: {
    init: () => {
      const { setItem } = Storage.prototype;
      localStorage.setItem("prepbook.browser-tests.theme", '"light"');
      Storage.prototype.setItem = function (key, value) {
        if (/practice/.test(key)) throw new DOMException("full", "QuotaExceededError");
        setItem.call(this, key, value);
      };
    },
    says: /no room left/,
  },
  "kept by a later edition": {
    init: () => localStorage.setItem("prepbook.browser-tests.practice.ticks.before", '[999,{"other":"shape"}]'),
    says: /newer edition/,
  },
};

for (const [name, { init, says }] of Object.entries(WAYS)) {
  test(`storage that is ${name}`, async (t) => {
    const { page, url, complaints } = await open(t, { init });
    await page.goto(url(PAGES.exercises));
    const list = page.getByRole("region", { name: "Thirty minutes before" });
    const slip = page.getByRole("complementary", { name: "Not kept" });
    assert.equal(await slip.count(), 0, "not before there is something to keep");
    for (const box of await list.getByRole("checkbox").all()) await box.check();
    await list.getByText("2 of 2 done").waitFor();
    assert.equal(await slip.count(), 1);
    assert.match(await slip.innerText(), says);
    await slip.getByRole("button", { name: "Close" }).click();
    await list.getByRole("checkbox").first().uncheck();
    await list.getByText("1 of 2 done").waitFor();
    assert.equal(await slip.count(), 0);
    assert.deepEqual(complaints, []);
  });
}

test("what a later edition has kept stays as it is", async (t) => {
  const { page, url } = await open(t, { init: WAYS["kept by a later edition"].init });
  await page.goto(url(PAGES.exercises));
  await page.getByRole("region", { name: "Thirty minutes before" }).getByRole("checkbox").first().check();
  assert.equal(await page.evaluate(() => localStorage.getItem("prepbook.browser-tests.practice.ticks.before")), '[999,{"other":"shape"}]');
});
