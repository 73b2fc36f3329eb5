/* The service worker: keeps what has been read, and the whole book if it is small or the reader asks, so that it can be read
   without a network. The engine writes one line in front of it, `edition`: what this book and this edition of it are called,
   which files every page loads, and the words of its one page. It has one cache, by the book's id and path; nothing else on the host is its concern. It
   must not know what a page says.

   In the cache: `PATH?HASH`, a file of an edition as offline.json lists it; a plain `PATH`, what the network gave since, or a
   file whose name has a hash already; and notes, below the scope's own address. Two editions share what is the same in both,
   so an update fetches only what is new. */
(function (edition) {
  "use strict";
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const scope = worker.registration.scope;
  const path = new URL(scope).pathname;
  const name = `prepbook ${path} ${edition.id}`;
  const listed = new URL(edition.list + "?" + edition.version, scope).href;
  /** Milliseconds after which a copy is better than waiting; how many files are fetched at a time. */
  const [PATIENCE, TOGETHER] = [3000, 4];
  /** Files that change only with their names. */
  const HASHED = /^(assets|contents)\/.*-[0-9a-f]{10}\.\w+$/;
  const WORDS = edition.text;

  /** @type {Promise<Map<string, [hash: string, size: number]>> | undefined} */
  let listing;
  /** @type {Promise<void> | undefined} */
  let keeping;
  /** Pages that have said which edition they show, since this worker was started. */
  const met = new Set();

  const opened = () => worker.caches.open(name);
  /** @param {string} file */
  const address = (file) => new URL(file.split("/").map(encodeURIComponent).join("/"), scope).href;

  /** Where a file of this edition is kept. @param {string} file @param {string} hash */
  const key = (file, hash) => address(file) + (HASHED.test(file) ? "" : "?" + hash);

  /** The file that a URL asks for; null if it is none of ours. @param {string} url */
  function fileOf(url) {
    const { origin, pathname } = new URL(url);
    if (origin !== worker.location.origin || !pathname.startsWith(path)) return null;
    try {
      const file = decodeURIComponent(pathname.slice(path.length));
      return file === "" || file.endsWith("/") ? file + "index.html" : file;
    } catch {
      return null;
    }
  }

  /** Every file of this edition. */
  function files() {
    listing ||= (async () => {
      const cache = await opened();
      let response = await cache.match(listed);
      if (!response) {
        response = await fetch(listed, { cache: "no-store" });
        if (!response.ok) throw new Error("there is no list of files");
        const { version } = await response.clone().json();
        // A host that publishes file by file, or a cache on the way, has another edition's.
        if (version !== edition.version) throw new Error("the list of files is another edition's");
        await cache.put(listed, response.clone());
      }
      return new Map(Object.entries((await response.json()).files));
    })();
    listing.catch(() => (listing = undefined));
    return listing;
  }

  /** As it may be kept: an answer that was led elsewhere is refused by browsers where a page is asked for.
      @param {Response} response */
  const plain = (response) => response.redirected ? new Response(response.body, { status: response.status, headers: response.headers }) : response;

  /** @param {unknown} error */
  const isFull = (error) => error instanceof DOMException && error.name === "QuotaExceededError";

  /** @param {unknown} error */
  function ifFull(error) {
    if (!isFull(error)) throw error;
    return true;
  }

  /** Fetches a file of this edition, unless it is there. @param {Cache} cache @param {string} file @param {string} hash */
  async function keep(cache, file, hash) {
    const at = key(file, hash);
    if (await cache.match(at)) return;
    const response = await fetch(address(file), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${file} is ${response.status}`);
    await cache.put(at, plain(response));
  }

  /** Keeps files, some at a time, as long as there is room; gives those that could not be had.
      @param {[string, [string, number]][]} wanted @param {(kept: number) => void} tell */
  async function keepAll(wanted, tell) {
    const [cache, waiting] = [await opened(), wanted.values()];
    /** @type {string[]} */
    const failed = [];
    let kept = 0;
    /** @type {unknown} */
    let full;
    await Promise.all(Array.from({ length: TOGETHER }, async () => {
      for (const [file, [hash]] of waiting) {
        try {
          await keep(cache, file, hash);
          if (!full) tell(++kept);
        } catch (error) {
          if (isFull(error)) full = error;
          else failed.push(file);
        }
        if (full) return;
      }
    }));
    // Once nothing is under way any more, which would still tell how far it has come.
    if (full) throw full;
    return failed;
  }

  /** What is to be remembered of this edition and of the reader: `asked`, whether the whole book is wanted; `whole` and `clean`,
      the edition that is kept whole, and the one that nothing is left beside. */
  const NOTES = ["asked", "whole", "clean"];
  /** @param {string} note */
  const read = async (note) => (await (await opened()).match(scope + "?" + note))?.text();
  /** @param {string} note @param {string} text */
  const write = async (note, text) => (await opened()).put(scope + "?" + note, new Response(text));

  const pages = async () => (await worker.clients.matchAll({ type: "window", includeUncontrolled: true }))
    .filter(({ url }) => fileOf(url) !== null);

  /** @param {OfflineState} state */
  const tell = async (state) => (await pages()).forEach((page) => page.postMessage(state));

  /** What every page loads, the pages that are open, and those that were kept before, as they are now. */
  async function install() {
    const [cache, all] = [await opened(), await files()];
    const before = (await cache.keys()).map(({ url }) => fileOf(url));
    const open = (await pages()).map(({ url }) => fileOf(url));
    const wanted = new Set([...edition.shell, ...open, ...before]);
    const failed = await keepAll([...all].filter(([file]) => wanted.has(file)), () => {});
    if (failed.some((file) => edition.shell.includes(file))) throw new Error("not all that pages load can be had");
  }

  /** What the network gave while an earlier edition was shown is not newer than this one. */
  async function settle() {
    const [cache, all] = [await opened(), await files()];
    for (const { url } of await cache.keys()) {
      const file = fileOf(url) || "";
      const [hash] = all.get(file) || [];
      if (hash && url === address(file) && !HASHED.test(file) && await cache.match(key(file, hash))) await cache.delete(url);
    }
  }

  /** Removes what only earlier editions need, once no page shows one, and what a book of another name has left here. */
  async function clean() {
    if (await read("clean") === edition.version || (await pages()).some(({ id }) => !met.has(id))) return;
    const [cache, all] = [await opened(), await files()];
    const needed = new Set([...NOTES.map((note) => scope + "?" + note), listed]);
    for (const [file, [hash]] of all) needed.add(key(file, hash)).add(address(file));
    for (const { url } of await cache.keys()) if (!needed.has(url)) await cache.delete(url);
    const others = (await worker.caches.keys()).filter((other) => other.startsWith(`prepbook ${path} `) && other !== name);
    await Promise.all(others.map((other) => worker.caches.delete(other)));
    await write("clean", edition.version);
  }

  /** Keeps the whole book and says how far it has come. */
  async function keepBook() {
    const [all, { size }] = [[...await files()], edition];
    let told = 0;
    try {
      const failed = await read("whole") === edition.version ? [] : await keepAll(all, (kept) => {
        if (kept - told < all.length / 50) return;
        told = kept;
        tell({ kind: "keeping", kept, files: all.length, size });
      });
      if (!failed.length) await write("whole", edition.version);
      await tell({ kind: failed.length ? "stopped" : "whole", size });
    } catch (error) {
      if (!isFull(error)) throw error;
      await tell({ kind: "full", size });
    }
  }

  /** Leaves only what every page loads and the page that is open. */
  async function release() {
    const [cache, all] = [await opened(), await files()];
    const open = (await pages()).map(({ url }) => fileOf(url));
    const stays = new Set([...edition.shell, ...open]);
    await cache.delete(scope + "?whole");
    for (const [file, [hash]] of all) {
      if (stays.has(file)) continue;
      await cache.delete(key(file, hash));
      await cache.delete(address(file));
    }
  }

  /** @param {ExtendableMessageEvent} event */
  async function answer({ data, source }) {
    if (data.ask === "show") return worker.skipWaiting();
    if (data.ask === "hello") {
      if (source && "id" in source) met.add(source.id);
      // What a page loaded before there was a worker.
      const [cache, all] = [await opened(), await files()];
      for (const file of new Set(data.loaded.map(fileOf))) {
        const [hash] = all.get(file) || [];
        if (hash && !await copy(file)) await keep(cache, file, hash).catch(() => {});
      }
      await clean().catch(ifFull);
    } else {
      if (data.ask === "visited") await release();
      const hasNoRoom = await write("asked", String(data.ask === "whole")).then(() => false, ifFull);
      if (hasNoRoom) return tell({ kind: "full", size: edition.size });
    }
    // As the reader has said; else a small book, unless it would cost the reader.
    const asked = await read("asked");
    const isWanted = asked ? asked === "true" : edition.size <= edition.small && !data.sparing;
    if (!isWanted) return source?.postMessage({ kind: "visited", size: edition.size });
    keeping ||= keepBook().finally(() => (keeping = undefined));
    await keeping;
  }

  /** What is kept of a file: what the network gave last, else what belongs to the edition. @param {string} file */
  async function copy(file) {
    const cache = await opened();
    const found = await cache.match(address(file));
    if (found) return found;
    const [hash] = (await files()).get(file) || [];
    return hash ? cache.match(key(file, hash)) : undefined;
  }

  /** Keeps what the network gave, unless it is what is there. @param {string} file @param {Response} response */
  async function renew(file, response) {
    const old = await copy(file);
    // Of what is no text, a new edition tells; to compare it would cost more than to have it late.
    if (old && !/\.(html|js|json|css|svg)$/.test(file)) return response.body?.cancel();
    const [before, now] = await Promise.all([old?.text(), response.clone().text()]);
    if (before !== now) await (await opened()).put(address(file), plain(response));
  }

  /** Says, in place of the page, that it cannot be had. */
  function missing() {
    /** @param {string} text */
    const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const html = `<!doctype html>
<html lang="${safe(edition.language)}" dir="${edition.direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(WORDS.title)} - ${safe(edition.title)}</title>
<link rel="stylesheet" href="${safe(new URL(edition.style, scope).href)}">
<body class="kind-not-found">
<main id="Main" class="page">
<header class="page-header"><h1>${safe(WORDS.title)}</h1></header>
<div class="content"><p>${safe(WORDS.text)}</p><p><a href="${safe(scope)}index.html">${safe(WORDS.home)}</a></p></div>
</main>
`;
    return new Response(html, {
      status: 503,
      headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'self'" },
    });
  }

  /** New text where there is a network, else what is kept. @param {FetchEvent} event @param {string} file */
  async function serve(event, file) {
    const { request } = event;
    const kept = await copy(file).catch(() => undefined);
    if (kept && HASHED.test(file)) return kept;
    const asked = fetch(request);
    event.waitUntil(asked.then(async (response) => {
      const fresh = response.status === 200 && response.clone();
      if (fresh && (await files()).has(file)) await renew(file, fresh);
    }).catch(() => {}));
    const late = new Promise((resolve) => kept && setTimeout(() => resolve(kept), PATIENCE));
    try {
      const first = await Promise.race([asked, late]);
      return kept && first.status >= 500 ? kept : first;
    } catch (error) {
      if (kept) return kept;
      if (request.mode === "navigate") return missing();
      throw error;
    }
  }

  worker.addEventListener("install", (event) => event.waitUntil(install()));
  worker.addEventListener("activate", (event) => event.waitUntil(Promise.all([worker.clients.claim(), settle()])));
  worker.addEventListener("message", (event) => event.waitUntil(answer(event)));
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const file = fileOf(request.url);
    const isPlain = request.method === "GET" && !request.headers.has("range") && request.cache !== "only-if-cached";
    if (file !== null && file !== "sw.js" && file !== edition.list && isPlain) event.respondWith(serve(event, file));
  });
})(edition);
