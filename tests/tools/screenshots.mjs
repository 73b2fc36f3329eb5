// A built site -> pictures of its pages, to be looked at by a person: phone and desktop, light, dark and high contrast, and
// paper. Which page shows a kind of thing best is found by counting, so that any book can be looked at.
//
//     node tests/tools/screenshots.mjs SITE OUT [NAME...]
//
// It judges nothing, and it knows no book. Names (`home`, `review`, `print`...) leave out all the others.

import { createReadStream, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, resolve, sep } from "node:path";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../browser/", import.meta.url))("playwright-core");
const [site, out, ...wanted] = process.argv.slice(2);
if (!site || !out) {
  console.error("usage: node tests/tools/screenshots.mjs SITE OUT [NAME...]");
  process.exit(2);
}

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
/** What an A4 page has left between its margins. */
const PAPER = { width: 627, height: 971 };
/** A page is shown down to here; what is below looks like what is above. */
const TALLEST = 6000;
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

/** Every page below the folder, as an address and its HTML, in an order that does not depend on the disk. */
function pagesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(".html"))
    .sort()
    .map((path) => ({ address: relative(folder, path).split(sep).join("/"), html: readFileSync(path, "utf8") }));
}

const root = resolve(site);
const pages = pagesBelow(root);
const written = pages.filter(({ html }) => /<body class="kind-(page|folder|home)"/.test(html));
const count = (html, pattern) => html.split(pattern).length - 1;

/** The address of the page that has most of something; none, if no page has any. */
function most(measure, among = written) {
  const best = among.map((page) => ({ ...page, amount: measure(page.html) })).sort((a, b) => b.amount - a.amount)[0];
  return best && best.amount > 0 ? best.address : null;
}

/** What is looked at: a name, a page, and what is done to it first. */
const VIEWS = [
  { name: "home", address: "index.html", contrast: true },
  { name: "chapter", address: most((html) => count(html, "<h2"), written.filter(({ address }) => /^[^/]+\/index\.html$/.test(address))) },
  { name: "long", address: most((html) => count(html, "<p>")) },
  { name: "code", address: most((html) => count(html, "<pre")) },
  { name: "threat-model", address: most((html) => count(html, 'class="dfd')), prepare: openAnswers },
  { name: "review", address: most((html) => count(html, 'class="practice practice-review')), contrast: true },
  { name: "review-open", address: most((html) => count(html, 'class="practice practice-review')), prepare: openAnswers },
  { name: "exercises", address: most((html) => new Set(html.match(/class="practice practice-[a-z-]+/g)).size), prepare: openAnswers },
  { name: "story", address: most((html) => count(html, 'class="practice practice-story')) },
  { name: "practice", address: pages.some(({ address }) => address === "practice.html") ? "practice.html" : null },
  { name: "glossary", address: most((html) => count(html, 'class="entry"'), pages) },
  { name: "listing", address: most((html) => count(html, 'class="line'), pages.filter(({ html }) => html.includes('class="kind-listing"'))) },
  { name: "contents", address: "contents.html" },
  { name: "not-found", address: "404.html" },
  { name: "menu", address: "index.html", prepare: openMenu, sizes: ["phone"], window: true },
  { name: "search", address: "index.html", prepare: openSearch, window: true },
  { name: "print", address: most((html) => count(html, 'class="practice practice-review')), media: "print", sizes: ["paper"], schemes: ["light"] },
];

async function openAnswers(page) {
  await page.locator("details.answer").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  return true;
}

async function openMenu(page) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator(".drawer .tree a").first().waitFor();
  return true;
}

async function openSearch(page) {
  const link = page.locator(".search-open");
  if (!(await link.count())) return false;
  await link.first().click();
  await page.waitForTimeout(500);
  return true;
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const path = join(root, decodeURIComponent(pathname));
  const found = path.startsWith(root) && statSync(path, { throwIfNoEntry: false })?.isFile();
  response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  createReadStream(found ? path : join(root, "404.html")).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(null)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.PREPBOOK_CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });

for (const view of VIEWS) {
  if (!view.address || (wanted.length && !wanted.includes(view.name))) continue;
  for (const size of view.sizes ?? Object.keys(SIZES)) {
    for (const scheme of view.schemes ?? ["light", "dark", ...(view.contrast ? ["contrast"] : [])]) {
      const context = await browser.newContext({
        viewport: size === "paper" ? PAPER : SIZES[size],
        colorScheme: scheme === "dark" ? "dark" : "light",
        contrast: scheme === "contrast" ? "more" : "no-preference",
      });
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${port}/${view.address}`);
      if (view.media) await page.emulateMedia({ media: view.media });
      await page.waitForTimeout(250); // The tree beside the page is loaded after it.
      if (!view.prepare || (await view.prepare(page))) {
        const file = join(out, `${view.name}-${size}-${scheme}.png`);
        if (view.window) await page.screenshot({ path: file });
        else {
          const { width } = /** @type {{width: number}} */ (page.viewportSize());
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } });
        }
        console.log(`${file}  ${view.address}`);
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
