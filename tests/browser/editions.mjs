// A site that goes through editions: a copy of the built one that a test may change, publish anew, and take off the network.
// It knows what the engine writes into sw.js and offline.json, and nothing of what the worker does with it.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "./browser.mjs";
import { folder, serve } from "./site.mjs";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

/**
 * A browser with one page of such a site. `small` is up to how many bytes a book is kept without being asked for.
 * @param {import("node:test").TestContext} t
 */
export async function editions(t, { base = "/", small = 5_000_000, ...options } = {}) {
  const root = mkdtempSync(join(tmpdir(), "prepbook-editions-"));
  cpSync(folder(), root, { recursive: true });
  const asked = [];
  let server = await serve({ root, base, asked });
  const { origin } = server;
  const site = { origin, close: () => server.close() };
  const browser = await open(t, { site, ...options });
  // Once nothing asks for files any more.
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const text = (file) => readFileSync(join(root, file), "utf8");

  /** Changes files, and publishes what is there. @param {Record<string, (text: string) => string>} changes */
  function publish(changes, settings = {}) {
    const list = JSON.parse(text("offline.json"));
    for (const [file, change] of Object.entries(changes)) {
      const bytes = Buffer.from(change(text(file)));
      writeFileSync(join(root, file), bytes);
      list.files[file] = [hash(bytes), bytes.length];
    }
    list.version = hash(JSON.stringify([list.files, settings]));
    const [, head, worker] = /^const edition = (.*);\n([^]*)$/.exec(text("sw.js"));
    const edition = { ...JSON.parse(head), ...settings, version: list.version };
    writeFileSync(join(root, "offline.json"), JSON.stringify(list));
    writeFileSync(join(root, "sw.js"), `const edition = ${JSON.stringify(edition)};\n${worker}`);
  }
  if (small !== 5_000_000) publish({}, { small });

  return {
    ...browser,
    url: (path) => origin + base + path,
    /** Every path that the server was asked for. */
    asked,
    publish,
    /** Takes the site off the network, and back. */
    lose: () => server.close(),
    async find() {
      server = await serve({ root, base, asked, port: Number(new URL(origin).port) });
    },
    /** Until a worker answers for the page, and has been greeted by it. */
    async isControlled(page = browser.page) {
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await page.locator(".offline > span").waitFor({ state: "attached" });
    },
    /** The files in the book's cache. */
    kept: (page = browser.page) => page.evaluate(async () => {
      const keys = await (await caches.open((await caches.keys()).find((name) => name.endsWith(" browser-tests")))).keys();
      return keys.map(({ url }) => url);
    }),
  };
}
