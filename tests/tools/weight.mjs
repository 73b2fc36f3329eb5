// A built site -> what a reader's first view of a page costs, in a real browser: requests, bytes by kind as a host sends them
// packed, movements of the layout; and what the first search costs on top. It knows nothing of the generator, and of the
// theme only that `/` opens a search with results that are links, and how the scripts are called that pages with preparation
// material alone load, behind their text: these have a limit of their own.
//
//     node weight.mjs SITE [--pages index.html,a/b.html] [--max 60] [--max-scripts 25] [--max-practice 75] [--max-requests 6] [--max-search 90]
//
// Sizes are KB of 1,024 bytes. The layout must not move at all, not even if the scripts come after the first paint, which is
// how they are sent here. Tasks of the main thread over 50 ms are printed, on a processor slowed to a quarter; they decide
// nothing, since they depend on the machine.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goWithLateScripts } from "../browser/late-scripts.mjs";
import { launch } from "./packages.mjs";
import { isFile, option, serve, siteOf, typicalPages } from "./published.mjs";

const VIEWS = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
const PRACTICE = /\/practice-\w+\.js$/;
const KB = 1024;
const kilobytes = (bytes) => `${(bytes / KB).toFixed(1)} KB`;

/** In the page, before anything of its own: notes what moves and what takes long. */
function observe() {
  globalThis.measured = { shifts: [], tasks: [], scripts: {} };
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("layout-shift", ({ value, sources }) => {
    const moved = sources.map(({ node }) => (node?.cloneNode(false).outerHTML ?? node?.textContent ?? "something removed").slice(0, 100));
    globalThis.measured.shifts.push({ value, moved });
  });
  watch("longtask", ({ startTime, duration }) => globalThis.measured.tasks.push(`${Math.round(duration)} ms at ${Math.round(startTime)}`));
  // Most of a long task is the browser's first layout; what scripts had of it is told by the frame.
  watch("long-animation-frame", ({ scripts }) => {
    for (const { sourceURL, duration } of scripts) {
      const name = sourceURL.slice(sourceURL.lastIndexOf("/") + 1) || "script";
      globalThis.measured.scripts[name] = (globalThis.measured.scripts[name] ?? 0) + duration;
    }
  });
}

/** Until nothing is asked for any more and everything has been painted. */
async function settled(page) {
  await page.waitForLoadState("networkidle");
  // What scripts do when there is nothing else to do, and the frames after it.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200))))));
  await page.waitForLoadState("networkidle");
}

/** A page that has just been loaded for the first time, and what it asked for; a service worker's own requests are not its. */
async function firstView(browser, host, root, path, viewport) {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(observe);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && !request.serviceWorker()) asked.push({ url: request.url(), kind: request.resourceType() });
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const from = host.sent.length;
  await goWithLateScripts(page, `${host.origin}/${path}`, readFileSync(join(root, path), "utf8"));
  await settled(page);
  return { context, page, asked, from };
}

/** Packed bytes of what was asked for; a request to elsewhere is a mistake of its own. */
function weigh(host, asked, from) {
  const kinds = {};
  for (const { url, kind } of asked) {
    const { origin, pathname } = new URL(url);
    if (origin !== host.origin) throw new Error(`another host: ${url}`);
    const bytes = host.sent.slice(from).find((answer) => answer.pathname === pathname)?.bytes ?? 0;
    const part = PRACTICE.test(pathname) ? "practice" : kind;
    kinds[part] = (kinds[part] ?? 0) + bytes;
  }
  const total = Object.entries(kinds).reduce((sum, [kind, bytes]) => sum + (kind === "practice" ? 0 : bytes), 0);
  return { kinds, requests: asked.length, total };
}

const measured = (page) => page.evaluate(() => globalThis.measured);
const sum = (shifts) => shifts.reduce((total, { value }) => total + value, 0);

/** Whether a movement would have been noticed: one is made. */
async function noticesMovements(browser, host, root) {
  const { context, page } = await firstView(browser, host, root, "index.html", VIEWS.desktop);
  await page.evaluate(() => {
    const block = document.createElement("div");
    block.style.blockSize = "200px";
    document.querySelector("main").prepend(block);
  });
  await settled(page);
  const { shifts } = await measured(page);
  await context.close();
  return sum(shifts) > 0;
}

async function weighPages(browser, host, root, pages, limits) {
  const faults = [];
  for (const path of pages) {
    for (const [device, viewport] of Object.entries(VIEWS)) {
      const { context, page, asked, from } = await firstView(browser, host, root, path, viewport);
      const { kinds, requests, total } = weigh(host, asked, from);
      const { shifts, tasks, scripts } = await measured(page);
      await context.close();
      const place = `${path}, ${device}`;
      const parts = Object.entries(kinds).map(([kind, bytes]) => `${kind} ${kilobytes(bytes)}`).join(", ");
      const behind = host.sent.length - from - requests;
      console.log(`${place}: ${requests} requests, ${kilobytes(total)} (${parts}), layout moved ${sum(shifts).toFixed(4)}`);
      if (behind > 0) console.log(`    and ${behind} requests behind the page`);
      const slow = Object.entries(scripts).map(([name, duration]) => `${name} ${Math.round(duration)} ms`);
      if (tasks.length > 0) console.log(`    long tasks: ${tasks.join(", ")}; scripts in long frames: ${slow.join(", ") || "none"}`);
      if (total > limits.total * KB) faults.push(`${place}: ${kilobytes(total)}, at most ${limits.total}`);
      if ((kinds.script ?? 0) > limits.scripts * KB) faults.push(`${place}: scripts ${kilobytes(kinds.script)}, at most ${limits.scripts}`);
      if ((kinds.practice ?? 0) > limits.practice * KB) faults.push(`${place}: scripts of practice ${kilobytes(kinds.practice)}, at most ${limits.practice}`);
      if (requests > limits.requests) faults.push(`${place}: ${requests} requests, at most ${limits.requests}: ${asked.map(({ url }) => new URL(url).pathname).join(" ")}`);
      if (sum(shifts) > 0) faults.push(`${place}: the layout moved by ${sum(shifts)}: ${JSON.stringify(shifts)}`);
    }
  }
  return faults;
}

/** Words of headings spread over the pages that somebody has written, one a page: what a reader might look for. */
function wordsToSearch(root, count) {
  const pages = JSON.parse(readFileSync(join(root, "site.json"), "utf8")).pages.filter(({ source }) => source).map(({ url }) => url).sort();
  const words = pages.flatMap((page) => {
    const heading = [...readFileSync(join(root, page), "utf8").matchAll(/<h2[^>]*>([^<]+)/g)].at(-1)?.[1] ?? "";
    return heading.toLowerCase().match(/\b[a-z]{5,}\b/)?.[0] ?? [];
  });
  const different = [...new Set(words)];
  const step = Math.max(1, Math.floor(different.length / count));
  return different.filter((_, index) => index % step === 0).slice(0, count);
}

async function weighSearches(browser, host, root, path, limit) {
  const faults = [];
  const words = wordsToSearch(root, 5);
  if (words.length === 0) faults.push("no heading has a word to look for");
  for (const word of words) {
    const { context, page, asked, from } = await firstView(browser, host, root, path, VIEWS.desktop);
    const before = asked.length;
    await page.keyboard.press("/");
    const opened = await page.waitForFunction(() => document.activeElement?.matches("input, [contenteditable]")).then(() => true, () => false);
    if (!opened) {
      await context.close();
      return ["first search: `/` leads to no field, though there is an index"];
    }
    await page.keyboard.type(word, { delay: 30 });
    const result = page.getByRole("dialog").locator("a[href], [role=option]").filter({ hasText: new RegExp(word, "i") });
    const shown = await result.first().waitFor().then(() => true, () => false);
    await settled(page);
    if (!shown) faults.push(`first search, “${word}”: no result shows it, though a heading has it`);
    const { requests, total } = weigh(host, asked.slice(before), from);
    await context.close();
    console.log(`first search, “${word}”: ${requests} requests, ${kilobytes(total)}`);
    if (requests === 0) faults.push(`first search, “${word}”: it asked for nothing, so the first view has paid for it`);
    if (total > limit * KB) faults.push(`first search, “${word}”: ${kilobytes(total)}, at most ${limit}`);
  }
  return faults;
}

async function main() {
  const args = process.argv.slice(2);
  const named = option(args, "pages")?.split(",");
  const limits = {
    total: Number(option(args, "max", 60)),
    scripts: Number(option(args, "max-scripts", 25)),
    // 60 of our own, and the scheduler of cards (js/vendor).
    practice: Number(option(args, "max-practice", 75)),
    requests: Number(option(args, "max-requests", 6)),
    search: Number(option(args, "max-search", 90)),
  };
  const root = siteOf(args, "node weight.mjs SITE [--pages PAGE,PAGE] [--max KB] [--max-scripts KB] [--max-practice KB] [--max-requests N] [--max-search KB]");
  if (!root || Object.values(limits).some(Number.isNaN)) return 2;
  const pages = named ?? typicalPages(root);
  const missing = pages.filter((page) => !isFile(join(root, page)));
  if (missing.length > 0) {
    console.error(`no such page: ${missing.join(", ")}`);
    return 2;
  }
  const browser = await launch();
  const host = await serve(root);
  const faults = [];
  try {
    if (!(await noticesMovements(browser, host, root))) {
      console.error("a movement of the layout that was made for it has not been noticed");
      return 1;
    }
    faults.push(...(await weighPages(browser, host, root, pages, limits)));
    if (isFile(join(root, "search/root.js"))) faults.push(...(await weighSearches(browser, host, root, pages.at(-1), limits.search)));
    else faults.push("this site has no search/root.js");
  } finally {
    await browser.close();
    await host.close();
  }
  for (const fault of faults) console.log(`too much: ${fault}`);
  console.log(`${pages.length} pages, ${faults.length} faults`);
  return faults.length > 0 ? 1 : 0;
}

process.exitCode = await main();
