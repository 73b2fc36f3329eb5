// A large book is offered with its size, kept when the reader asks, and says so; from then on newer editions too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

test("the offer, by keyboard, and what is said", async (t) => {
  const { page, url, lose, kept, publish, asked, isControlled } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.home));
  await isControlled();
  const offer = page.getByRole("button", { name: /^Keep this book offline \([\d.]+ MB\)$/ });
  await offer.focus();
  await page.keyboard.press("Enter");
  await page.locator(".offline").getByText(/^The whole book is kept on this device \([\d.]+ MB\)/).waitFor();
  await page.getByRole("status").getByText("The whole book is kept").waitFor();
  assert.ok(await page.evaluate(() => document.querySelector(".offline").contains(document.activeElement)), "the focus stays");
  assert.ok((await kept()).length > 40);

  publish({ [PAGES.second]: (html) => html.replace(/(<h1[^>]*>)[^<]*/, "$1Rewritten") });
  asked.length = 0;
  await page.goto(url(PAGES.page));
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Show it" }).click()]);
  await page.locator(".offline").getByText("The whole book is kept on this device").waitFor();
  const pages = asked.filter((path) => path.endsWith(".html") && path !== `/${PAGES.page}`);
  assert.deepEqual(pages, [`/${PAGES.second}`], "only what is new was fetched");
  await lose();
  await page.goto(url(PAGES.second));
  assert.equal(await page.locator("h1").innerText(), "Rewritten");
});

for (const room of [300_000, 90_000, 0]) test(`a device with room for ${room} bytes says that it has none, and reading goes on`, async (t) => {
  const { page, url, isControlled } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.home));
  await isControlled();
  const session = await page.context().newCDPSession(page);
  const { usage } = await session.send("Storage.getUsageAndQuota", { origin: new URL(page.url()).origin });
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(page.url()).origin, quotaSize: usage + room });
  await page.getByRole("button", { name: /^Keep this book/ }).click();
  await page.locator(".offline").getByText("There is no room for the whole book").waitFor();
  await page.waitForTimeout(500); // What was under way has nothing more to say.
  assert.match(await page.locator(".offline").innerText(), /There is no room for the whole book/);
  await page.goto(url(PAGES.second));
  assert.ok(await page.locator("h1").isVisible());
});
