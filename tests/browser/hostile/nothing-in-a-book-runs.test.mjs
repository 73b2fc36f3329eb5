// Whatever stands in a book, as text, as a name, as data or as raw HTML, none of it runs in a reader's browser, opens a
// dialog, leads the page elsewhere or asks another host, by any connection at all.
//
// The book has errors all over, and is published with --keep-going. Console errors are of no interest here: each refusal of
// the pages' policy is one.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "../browser.mjs";
import { serve } from "../site.mjs";
import { PAYLOADS, files } from "./book.mjs";

const PROGRAM = process.env.PREPBOOK || fileURLToPath(new URL("../../../target/release/prepbook", import.meta.url));

let root;
let site;
let pages;

before(() => {
  root = mkdtempSync(join(tmpdir(), "prepbook-hostile-"));
  for (const [path, text] of Object.entries(files())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  site = join(root, "book");
  const built = spawnSync(PROGRAM, ["build", root, "--keep-going", "-q"], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(built.status, 1, "it has errors, and says so");
  const found = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
  pages = found.map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .filter((path) => !path.startsWith("old/")).sort();
});

after(() => rmSync(root, { recursive: true, force: true }));

const address = (path) => path.split("/").map(encodeURIComponent).join("/");

/** Counts connections to any host but this machine's. */
async function trap(t) {
  const heard = [];
  const trapped = { heard, at: "" };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      heard.push(data.toString("latin1").split("\r\n")[0]);
      // A page that has been led here has something to show, and is noticed.
      socket.end("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nHere");
    });
    heard.push(`a connection while at ${trapped.at}`);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => server.close());
  return { trapped, args: [`--host-resolver-rules=MAP evil.example 127.0.0.1:${server.address().port}`] };
}

/** Opens a browser that notices what runs. */
async function watched(t, options = {}) {
  const { trapped, args } = await trap(t);
  const { heard } = trapped;
  const ran = [];
  const opened = await open(t, {
    ...options,
    args,
    init: () => {
      window.__ran = (what) => console.error(`ran: ${what}`);
      window.alert = window.confirm = window.prompt = (what) => console.error(`ran: dialog ${what}`);
    },
  });
  const { page } = opened;
  page.on("console", (message) => { if (message.text().startsWith("ran:")) ran.push(`${page.url()}: ${message.text()}`); });
  page.on("dialog", (dialog) => { ran.push(`${page.url()}: a dialog`); dialog.dismiss(); });
  page.on("popup", (popup) => ran.push(`${page.url()}: a window, ${popup.url()}`));
  // What a page has made itself, because a button was pressed, is from its own origin.
  page.on("download", (download) => {
    if (!download.url().startsWith(`blob:${opened.origin}/`)) ran.push(`${page.url()}: a download, ${download.url()}`);
  });
  /** Looks at a page, and at what it does when a reader is at it. */
  const look = async (url) => {
    trapped.at = url;
    await page.goto(url);
    await page.evaluate(provoke).catch((error) => ran.push(`${url}: ${error.message}`));
    await page.waitForTimeout(100);
    if (page.url().split(/[?#]/)[0] !== url.split(/[?#]/)[0]) ran.push(`${url} has led to ${page.url()}`);
  };
  return { ...opened, heard, ran, look };
}

/** In the page: every event that a handler may wait for, and a press of what leads to a script. */
function provoke() {
  const events = ["mouseover", "focus", "mouseenter", "toggle", "error", "load", "begin", "pointerdown", "animationstart"];
  // A browser may connect ahead to where a link leads, once a reader points at it: that is the reader's doing.
  const leadsAway = (element) => element.closest("a")?.host && element.closest("a").host !== location.host;
  for (const element of [...document.querySelectorAll("main *")].slice(0, 1500)) {
    if (leadsAway(element)) continue;
    for (const name of events) element.dispatchEvent(new Event(name, { bubbles: false }));
    const leads = element.href?.baseVal ?? element.protocol ?? "";
    if (/^\W*(java\s*script|vbscript|data):/i.test(leads)) element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}

test("a trap that hears nothing would prove nothing", async (t) => {
  const { page, heard, ran, url } = await watched(t, { site: await serve({ root: site }) });
  await page.goto(url("index.html"));
  await page.evaluate(() => window.__ran("on purpose"));
  await page.goto("http://evil.example/").catch(() => {});
  assert.equal(ran.length, 1);
  assert.ok(heard.includes("GET / HTTP/1.1"), JSON.stringify(heard));
});

test("from the web", async (t) => {
  const { look, url, ran, heard, origin, requests } = await watched(t, { site: await serve({ root: site }) });
  assert.ok(pages.length > 50, `${pages.length} pages`);
  for (const path of pages) await look(url(address(path)));
  assert.deepEqual(ran, []);
  assert.deepEqual(heard, []);
  // What the policy refuses is told as a request, and never sent: the trap has heard nothing.
  const foreign = requests.filter((asked) => !asked.startsWith(`${origin}/`) && !/^(data:|https?:\/\/evil\.example\/)/.test(asked));
  assert.deepEqual(foreign, []);
});

test("from disk", async (t) => {
  const { look, ran, heard } = await watched(t, { site: await serve({ root: site }) });
  for (const path of pages) {
    if (path !== "404.html") await look(pathToFileURL(join(site, path)).href);
  }
  assert.deepEqual(ran, []);
  assert.deepEqual(heard, []);
});

test("as it is searched, practised and kept", async (t) => {
  const { page, look, url, ran, heard } = await watched(t, { site: await serve({ root: site }) });
  for (const query of ["script", "img onerror", "svg", "gnp", "evil", PAYLOADS.handler]) {
    await look(url(`search.html?q=${encodeURIComponent(query)}`));
    await page.locator(".search-view:not([aria-busy]) [role=status]").first().waitFor({ state: "attached" });
    await page.evaluate(provoke);
  }
  for (const name of Object.keys(PAYLOADS)) {
    await look(url(`places/${name}.html`));
    // Everything that can be pressed: clocks, cards, sheets, copies.
    for (let times = 0; times < 2; times += 1) {
      await page.evaluate(() => document.querySelectorAll("main button, main summary").forEach((button) => button.click()));
      await page.evaluate(provoke);
    }
  }
  for (const path of ["index.html", "practice.html", "your-stories.html", "lists.html"]) {
    await look(url(path));
    await page.evaluate(() => document.querySelectorAll("main button").forEach((button) => button.click()));
    await page.evaluate(provoke);
  }
  assert.deepEqual(ran, []);
  assert.deepEqual(heard, []);
});

test("while it is edited, with its mistakes over the page", async (t) => {
  const child = spawn(PROGRAM, ["serve", root, "-p", "0", "--color", "never"], { stdio: ["ignore", "ignore", "pipe"] });
  const origin = await new Promise((ready, fail) => {
    let said = "";
    child.on("exit", (status) => fail(new Error(`it ended with ${status}`)));
    child.stderr.on("data", (text) => {
      said += text;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) || [];
      if (found) ready(found);
    });
  });
  const close = () => new Promise((done) => {
    child.removeAllListeners("exit");
    child.on("exit", done);
    child.kill("SIGINT");
  });
  const { page, look, ran, heard } = await watched(t, { site: { origin, close } });
  for (const path of pages.filter((path) => /^(places|blocks)\/|^[^/]*(onerror|7\*7|gnp)/.test(path))) {
    await look(`${origin}/${address(path)}`);
    await page.locator("prepbook-live .panel").waitFor();
  }
  // A file of the book that a browser shows by itself: its scripts are refused by the header.
  for (const path of ["places/evil.svg", "blocks/evil.svg"]) await look(`${origin}/${path}`);
  await look(`${origin}/%3Cscript%3E__ran(1)%3C%2Fscript%3E`);
  assert.deepEqual(ran, []);
  // For a frame in such a file a browser may connect before it asks the policy; it sends nothing there.
  assert.deepEqual(heard.filter((line) => !/^a connection while at \S+\.svg$/.test(line)), []);
});
