// Opens pages of a book that is being served, for one test, and closes everything when the test is over. It must not know
// what a test looks for.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { start } from "./serve.mjs";

const EXECUTABLE = process.env.PREPBOOK_CHROMIUM || "/usr/bin/chromium";

/** Source and address of the pages that tests edit. */
export const PAGE = { file: "guide/1-reading/1-every-construct.md", path: "reading/every-construct.html" };
export const SECOND = { file: "guide/1-reading/2-second.md", path: "reading/second.html" };
export const RAW = { file: "guide/1-reading/3-raw-html.md", path: "reading/raw-html.html" };
export const DESK = { width: 1440, height: 900 };

/**
 * A served copy of the book, and one page of it. `complaints` fills with console errors and uncaught exceptions, but for those
 * of a server that is away; `loads` counts how often the page was loaded.
 * @param {import("node:test").TestContext} t
 */
export async function open(t, { path = PAGE.path, viewport = DESK, before, theme = "light", init } = {}) {
  const server = await start();
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox"] });
  t.after(async () => {
    await browser.close();
    await server.close();
  });
  await before?.(server);
  const context = await browser.newContext({ viewport, colorScheme: theme });
  context.setDefaultTimeout(10_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  const complaints = [];
  let loads = 0;
  page.on("console", (message) => {
    const [text, { url }] = [message.text(), message.location()];
    const expected = /net::ERR_(CONNECTION_|INCOMPLETE_CHUNKED|EMPTY_RESPONSE)/.test(text) || url.endsWith("/favicon.ico");
    if (/^(error|warning)$/.test(message.type()) && !expected) complaints.push(text);
  });
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("load", () => (loads += 1));
  await page.goto(`${server.origin}/${path}`);
  return {
    page,
    server,
    complaints,
    loads: () => loads,
    /** Until the page has been loaded that often; what it shows may be there before that is told. */
    async loaded(times) {
      for (let tries = 0; loads < times && tries < 100; tries += 1) await page.waitForTimeout(50);
      return loads;
    },
    url: (other) => `${server.origin}/${other}`,
    another: () => context.newPage(),
    /** Edits a page by replacing one text by another, and waits until the page shows a text. */
    async edit(file, from, to, shown) {
      await server.edit(file, (text) => {
        if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
        return text.replace(from, to);
      });
      if (shown) await page.getByText(shown).first().waitFor({ state: "attached" });
    },
  };
}

/** A file of the theme as it is now; written below `themes/handbook/` of the book, another version takes its place. */
export const theme = (file) => readFileSync(new URL(`../../../themes/${file}`, import.meta.url), "utf8");

/** Marks the document, so that a reload is noticed. */
export const mark = (page) => page.evaluate(() => void (window.unreloaded = true));
export const unreloaded = (page) => page.evaluate(() => window.unreloaded === true);

/** The part of the panel in its shadow root. */
export const panel = (page) => page.locator("prepbook-live .panel");
