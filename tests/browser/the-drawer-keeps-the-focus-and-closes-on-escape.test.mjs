// On a phone the sidebar is a modal drawer that a keyboard or a screen reader can neither leave by accident nor be caught in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function openDrawer(t) {
  const opened = await open(t, { viewport: PHONE });
  await opened.page.goto(opened.url(PAGES.page));
  await opened.page.getByRole("button", { name: "Menu" }).press("Enter");
  await treeIsBuilt(opened.page);
  return opened;
}

test("tabbing forwards and backwards stays in the drawer", async (t) => {
  const { page } = await openDrawer(t);
  const stops = await page.locator(".drawer a:visible, .drawer button:visible").count();
  assert.ok(stops > 8);
  for (const key of ["Tab", "Shift+Tab"]) {
    const visited = new Set();
    for (let press = 0; press < stops * 2 + 4; press += 1) {
      await page.keyboard.press(key);
      const place = await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === document.body) return "browser"; // The round goes through the browser's own controls.
        return focused.closest(".drawer") ? focused.textContent + focused.getAttribute("aria-label") : "page";
      });
      assert.notEqual(place, "page");
      visited.add(place);
    }
    visited.delete("browser");
    assert.ok(visited.size >= stops - 1, `${visited.size} of ${stops} stops were reached with ${key}`);
  }
});

test("Escape closes it and gives the focus back to the button", async (t) => {
  const { page } = await openDrawer(t);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Menu");
});

test("a tap beside it closes it", async (t) => {
  const { page } = await openDrawer(t);
  await page.mouse.click(PHONE.width - 10, 400);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("on a screen that grows wide the sidebar stands beside the text again", async (t) => {
  const { page } = await openDrawer(t);
  await page.setViewportSize(DESK);
  await page.locator(".frame > .sidebar").waitFor({ state: "visible" });
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("until it is opened, no contents are loaded", async (t) => {
  const { page, url, requests } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.page), { waitUntil: "networkidle" });
  assert.deepEqual(requests.filter((address) => address.includes("/contents/")), []);
});

test("in a long chapter the current page is in view, each time it is opened", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.long));
  for (let time = 1; time <= 2; time += 1) {
    await page.getByRole("button", { name: "Menu" }).click();
    await treeIsBuilt(page);
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector(".drawer .tree [aria-current=page]").getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await page.keyboard.press("Escape");
  }
});
