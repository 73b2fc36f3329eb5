// A built site as a static host publishes it: which pages there are, what `_headers` says of an address, and a server on
// 127.0.0.1 that sends those headers and gzip. It must not know what a page looks like, nor what is asked of it.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** What a host would gain nothing from packing again. */
const PACKED = new Set([".png", ".jpg", ".jpeg", ".webp", ".avif", ".woff2", ".mp3", ".mp4", ".zip"]);

export function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The HTML files of a site, from its root and with slashes, sorted. */
export function pagesIn(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** A page that only sends the reader on; it is gone before anyone can look. */
export function onlyRedirects(html) {
  return /<meta\s[^>]*http-equiv=["']?refresh/i.test(html);
}

/** What is sent to save a reader's time: the sizes here are those of a host that packs as well as it can. */
export function packed(bytes) {
  return gzipSync(bytes, { level: 9 });
}

/**
 * The rules of `_headers`, as hosts read them: a line with a path, then its headers, indented. A `*` stands for anything.
 * @returns {(pathname: string) => Map<string, string>}  by the header's name in lower case; of two rules the later counts
 */
export function headerRules(root) {
  const rules = [];
  for (const line of readFileSync(join(root, "_headers"), "utf8").split("\n")) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (/^\S/.test(line)) {
      const pattern = line.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
      rules.push({ matches: new RegExp(`^${pattern}$`), headers: [] });
    } else {
      const [, name, value] = /^\s+([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
      if (!name || rules.length === 0) throw new Error(`_headers: not a header: ${line}`);
      rules.at(-1).headers.push([name.toLowerCase(), value]);
    }
  }
  return (pathname) => new Map(rules.filter(({ matches }) => matches.test(pathname)).flatMap(({ headers }) => headers));
}

/**
 * Serves the folder on a free port of the loopback address, as a host would that knows `_headers`. `sent` fills with what has
 * been asked for, in order: the path, and how many bytes the body of the answer took on the way.
 */
export async function serve(folder) {
  const root = resolve(folder);
  const headersOf = headerRules(root);
  const sent = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const wanted = join(root, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : "");
    const found = (wanted === root || wanted.startsWith(root + sep)) && isFile(wanted);
    const file = found ? wanted : join(root, "404.html");
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { ...Object.fromEntries(headersOf(pathname)), "content-type": type };
    let body = readFileSync(file);
    if (!PACKED.has(extname(file)) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      body = packed(body);
      headers["content-encoding"] = "gzip";
      headers.vary = "accept-encoding";
    }
    sent.push({ pathname, bytes: body.length });
    response.writeHead(found ? 200 : 404, { ...headers, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Pages that stand for the others: the home page, the first chapter's, and the longest that there is to read. */
export function typicalPages(root) {
  // What is kept out of search engines is not read as a page: listings of code, redirects, pages to print.
  const isRead = (html) => !onlyRedirects(html) && !/<meta name="robots" content="noindex"/.test(html);
  const pages = pagesIn(root).filter((page) => page !== "404.html" && page !== "contents.html" && isRead(readFileSync(join(root, page), "utf8")));
  const size = (page) => statSync(join(root, page)).size;
  const chapter = pages.find((page) => /^[^/]+\/index\.html$/.test(page));
  const longest = [...pages].sort((a, b) => size(b) - size(a))[0];
  return [...new Set(["index.html", chapter, longest].filter(Boolean))];
}

/**
 * Takes `--name value` out of the command line.
 * @param {string[]} args  changed
 */
export function option(args, name, otherwise) {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? otherwise : args.splice(at, 2)[1];
}

/**
 * The one argument of a tool that takes a site, or undefined once it has said what is wrong with it.
 * @param {string[]} args  what is left of the command line
 */
export function siteOf(args, usage) {
  const [site, ...rest] = args;
  if (!site || rest.length > 0 || !isFolder(site)) {
    console.error(`usage: ${usage}`);
    return undefined;
  }
  if (pagesIn(site).length === 0) {
    console.error(`${site}: there is no page here`);
    return undefined;
  }
  return resolve(site);
}
