// Serves a built site to a browser on this machine, and knows the addresses of the fixture book's pages. The site is the
// folder named by PREPBOOK_SITE, built from book/. It must not know how a page is laid out.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".json": "application/json",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** One page of each kind, from the site's root. */
export const PAGES = {
  home: "index.html",
  folder: "reading/index.html",
  page: "reading/every-construct.html",
  second: "reading/second.html",
  raw: "reading/raw-html.html",
  inner: "practice/drills/upload.html",
  exercises: "practice/every-kind.html",
  screen: "practice/drawn-screen.html",
  modelled: "practice/modelled.html",
  practice: "practice.html",
  stories: "your-stories.html",
  glossary: "glossary.html",
  references: "references.html",
  long: "long/page-20.html",
  listing: "reading/code/app.py.html",
  words: "reading/words-to-search-for.html",
  contents: "contents.html",
  search: "search.html",
  printBook: "print.html",
  printCram: "print-cram.html",
  printChecklists: "print-checklists.html",
  printStories: "print-stories.html",
  printInterviewer: "print-interviewer.html",
  notFound: "404.html",
};

export function folder() {
  const path = process.env.PREPBOOK_SITE;
  if (!path) throw new Error("PREPBOOK_SITE does not name a built site: prepbook build tests/browser/book -d DIR");
  return resolve(path);
}

/** The same page opened from disk. */
export function fileUrl(page) {
  return pathToFileURL(join(folder(), page)).href;
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * Starts a server on a port of the loopback address, by default on a free one. `base` is the path at which the site stands;
 * `asked` fills with the paths that were asked for.
 */
export async function serve({ root = folder(), base = "/", port = 0, asked = [] } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    if (!pathname.startsWith(base)) return response.writeHead(404, { "content-type": "text/html" }).end("<title>Elsewhere</title>");
    const wanted = normalize(join(root, decodeURIComponent(pathname.slice(base.length - 1))));
    const path = pathname.endsWith("/") ? join(wanted, "index.html") : wanted;
    const found = path.startsWith(root) && isFile(path);
    const file = found ? path : join(root, "404.html");
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
