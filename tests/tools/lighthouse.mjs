// A built site -> what Lighthouse says of its home page, of a chapter and of its longest page, as a phone and as a desktop
// load them from a host that packs and sends `_headers`. Accessibility, best practices and SEO must be 100; performance is
// printed and decides nothing, since it depends on the machine. It knows nothing of the generator.
//
//     node lighthouse.mjs SITE [--pages index.html,a/b.html]
//
// A page that is wrong on purpose is looked at first.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, require } from "./packages.mjs";
import { option, serve, siteOf, typicalPages } from "./published.mjs";

const { default: lighthouse, desktopConfig } = await import(pathToFileURL(require.resolve("lighthouse")).href);

const MUST_BE_PERFECT = ["accessibility", "best-practices", "seo"];
const WRONG = '<!doctype html><html><head><meta charset="utf-8"></head><body><img src="x.png"><a href="/"></a></body></html>';

async function freePort() {
  const probe = createServer();
  await new Promise((ready) => probe.listen(0, "127.0.0.1", ready));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Its scores by category, and a line for each audit that took something off them. */
async function audit(url, port, config, onlyCategories) {
  const { lhr } = await lighthouse(url, { port, logLevel: "error", output: "json", onlyCategories }, config);
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const scores = {};
  const faults = [];
  for (const { id: category, score, auditRefs } of Object.values(lhr.categories)) {
    scores[category] = score;
    for (const { id, weight } of auditRefs) {
      const { score: own, scoreDisplayMode, title, displayValue, errorMessage, details } = lhr.audits[id];
      const failed = scoreDisplayMode === "error" || (weight > 0 && own !== null && own < 1);
      if (failed) faults.push(`${category}: ${id}: ${errorMessage ?? title} ${displayValue ?? ""} ${JSON.stringify(details?.items ?? []).slice(0, 400)}`);
    }
  }
  return { scores, faults };
}

/** Whether it would have noticed anything. */
async function seesWhatIsWrong(port) {
  const aside = mkdtempSync(join(tmpdir(), "lighthouse-"));
  try {
    mkdirSync(join(aside, "site"));
    writeFileSync(join(aside, "site/_headers"), "");
    for (const name of ["index.html", "404.html"]) writeFileSync(join(aside, "site", name), WRONG);
    const host = await serve(join(aside, "site"));
    const { scores } = await audit(`${host.origin}/`, port, undefined, MUST_BE_PERFECT);
    await host.close();
    return MUST_BE_PERFECT.every((category) => scores[category] < 1);
  } finally {
    rmSync(aside, { recursive: true });
  }
}

async function main() {
  const args = process.argv.slice(2);
  const named = option(args, "pages")?.split(",");
  const root = siteOf(args, "node lighthouse.mjs SITE [--pages PAGE,PAGE]");
  if (!root) return 2;
  const port = await freePort();
  const browser = await launch(`--remote-debugging-port=${port}`);
  const host = await serve(root);
  let faulty = 0;
  try {
    if (!(await seesWhatIsWrong(port))) {
      console.error("a page that is wrong has got full marks: nothing was checked");
      return 1;
    }
    for (const page of named ?? typicalPages(root)) {
      for (const [device, config] of [["phone", undefined], ["desktop", desktopConfig]]) {
        const { scores, faults } = await audit(`${host.origin}/${page}`, port, config);
        const marks = Object.entries(scores).map(([category, score]) => `${category} ${Math.round(score * 100)}`);
        console.log(`${page}, ${device}: ${marks.join(", ")}`);
        for (const fault of faults) console.log(`    ${fault}`);
        // No score at all is no full score.
        if (MUST_BE_PERFECT.some((category) => scores[category] !== 1)) faulty += 1;
      }
    }
  } finally {
    await browser.close();
    await host.close();
  }
  console.log(`${faulty} of these without full marks`);
  return faulty > 0 ? 1 : 0;
}

process.exitCode = await main();
