// A built site -> its pages as PDF files, as a reader prints them, on A4 and on US Letter. Of each: no page is blank, nothing
// is wider than the paper (a browser would print all of it smaller), no word stands outside of the margins, a cram sheet is
// one page, and links inside the whole book lead somewhere. It reads what Chromium has printed with poppler's tools, and knows
// nothing of the generator.
//
//     node tests/tools/pdf.mjs SITE OUT

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(new URL("../browser/", import.meta.url))("playwright-core");
const [site, out] = process.argv.slice(2).map((path) => resolve(path));
if (!site || !out) {
  console.error("usage: node tests/tools/pdf.mjs SITE OUT");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

/** Names of paper as CSS has them. */
const PAPERS = ["a4", "letter"];
/** What the narrower of them has between its margins, in CSS pixels: 166 mm, and 190 on a cram sheet. */
const WIDTH = { page: 627, cram: 718 };
/** No text comes nearer to the edge, in points: half of the narrowest margin in css/print.css. */
const EDGE = 14;

const below = readdirSync(site, { recursive: true }).map(String).filter((path) => path.endsWith(".html")).sort();
const bodyOf = (path) => /<body class="([^"]*)"/.exec(readFileSync(join(site, path), "utf8"))?.[1] ?? "";
/** The pages that bring others together, and the page that has most of everything. */
const printed = below.filter((path) => bodyOf(path).includes("kind-print-"));
const rich = below.filter((path) => bodyOf(path).startsWith("kind-page")).map((path) => [readFileSync(join(site, path), "utf8").length, path]).sort((a, b) => b[0] - a[0]);
const pages = [...printed, ...rich.slice(0, 3).map(([, path]) => path)];

const problems = [];
const problem = (text) => problems.push(text);
if (!printed.length) problem("the site has no page to print");

const browser = await chromium.launch({ executablePath: process.env.PREPBOOK_CHROMIUM ?? "/usr/bin/chromium" });
for (const path of pages) {
  for (const paper of PAPERS) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(site, path)).href);
    if (paper === PAPERS[0]) await measure(page, path);
    const file = join(out, `${path.replaceAll("/", "-")}.${paper}.pdf`);
    await page.pdf({ path: file, format: paper, preferCSSPageSize: true, outline: true, tagged: true });
    await page.close();
    look(path, paper, file);
  }
}
await browser.close();

async function measure(page, path) {
  const width = bodyOf(path).includes("kind-print-cram") ? WIDTH.cram : WIDTH.page;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ media: "print" });
  const wide = await page.evaluate(() => [...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && element.checkVisibility())
    .map((element) => element.cloneNode(false).outerHTML.slice(0, 120)));
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  if (scroll > width) problem(`${path}: ${scroll} pixels wide, on paper of ${width}: ${wide.at(-1) ?? "something"}`);
  await page.emulateMedia({ media: null });
}

function look(path, paper, file) {
  const name = `${path} on ${paper}`;
  const layout = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 30 });
  const sheets = layout.split("<page ").slice(1);
  if (!sheets.length) problem(`${name}: no page was printed`);
  for (const [index, sheet] of sheets.entries()) {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(sheet).map(Number);
    const words = [...sheet.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)];
    // The number of the page is no text.
    if (words.filter(([, , , , , text]) => !/^\d+$/.test(text)).length === 0) problem(`${name}: page ${index + 1} is blank`);
    for (const [, left, top, right, bottom, text] of words) {
      if (+left < EDGE || +right > width - EDGE || +top < 0 || +bottom > height) {
        problem(`${name}: page ${index + 1}: "${text}" stands outside of the margins (${left}-${right} of ${width})`);
      }
    }
  }
  if (bodyOf(path).includes("kind-print-cram") && sheets.length !== 1) problem(`${name}: a cram sheet of ${sheets.length} pages`);
  if (bodyOf(path).includes("kind-print-book")) {
    const html = readFileSync(join(site, path), "utf8");
    const inner = html.match(/href="#/g)?.length ?? 0;
    const named = execFileSync("pdfinfo", ["-dests", file], { encoding: "utf8", maxBuffer: 1 << 30 }).split("\n").length - 2;
    if (inner > 0 && named < 1) problem(`${name}: none of ${inner} links inside the book leads anywhere`);
  }
  console.log(`${name}: ${sheets.length} pages`);
}

for (const text of problems) console.error(text);
console.log(`${pages.length} pages on ${PAPERS.length} papers, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
