// A published book may have been served at the same address before; its service worker must not stand between an author and
// the newest page.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { open } from "./live.mjs";

test("it is gone once a page has been served", async (t) => {
  const { page, server, url } = await open(t);
  await server.stop();
  const published = createServer((request, response) => {
    const isWorker = request.url === "/sw.js";
    response.writeHead(200, { "content-type": isWorker ? "text/javascript" : "text/html" });
    response.end(isWorker ? "addEventListener('fetch', () => {})" : "<title>Published</title>");
  });
  await new Promise((ready) => published.listen(Number(new URL(server.origin).port), "127.0.0.1", ready));
  await page.goto(url("index.html"));
  const count = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });
  assert.equal(await count(), 1);
  published.closeAllConnections();
  await new Promise((done) => published.close(done));

  await server.again();
  await page.goto(url("index.html"));
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistrations()).length);
  assert.equal(await count(), 0);
});
