// A browser finds all that it needs to install the book as a program of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

test("the manifest holds, with icons that are there", async (t) => {
  const { page, url, isControlled } = await editions(t, { base: "/some/book/" });
  await page.goto(url(PAGES.second));
  await isControlled();
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.equal(manifest.name, "Fixture Handbook");
  assert.equal(manifest.display, "standalone");
  for (const { src, sizes, type } of manifest.icons) {
    const response = await page.request.get(url(src));
    assert.equal(response.status(), 200, src);
    assert.equal(response.headers()["content-type"], type);
    if (type !== "image/png") continue;
    const bytes = await response.body();
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes);
  }
  assert.ok(manifest.icons.some(({ purpose }) => purpose === "maskable"));
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A test's window keeps nothing, so nothing is installed from it; that is the only obstacle.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
});
