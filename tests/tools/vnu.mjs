// A built site -> `file:line: message` for every error that the Nu Html Checker finds in its pages.
// It knows nothing of the generator; what counts as an error is the checker's own judgement.
//
//     node vnu.mjs BOOK
//
// A page that is wrong on purpose is checked along with the site: if the checker stays silent about
// that one, it has not checked anything, and silence about the rest means nothing.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const jar = fileURLToPath(new URL("../browser/node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));
const CANARY = "<!DOCTYPE html><html lang=en><title>x</title><p id=a><p id=a>";

function pagesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesIn(path);
    return entry.name.endsWith(".html") ? [path] : [];
  });
}

/** The checker's messages about everything under the given folders. */
function messagesAbout(folders) {
  const run = spawnSync(
    "java",
    ["-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always", ...folders],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024, timeout: 600_000 },
  );
  if (run.error) throw run.error;
  try {
    return JSON.parse(run.stdout).messages;
  } catch {
    throw new Error(`the checker did not answer in JSON (exit ${run.status}):\n${run.stdout}${run.stderr}`);
  }
}

function main() {
  const folder = process.argv[2];
  if (!folder || process.argv.length !== 3 || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error("usage: node vnu.mjs BOOK");
    return 2;
  }
  const root = resolve(folder);
  const pages = pagesIn(root);
  if (pages.length === 0) {
    console.error(`${folder}: there is no page here`);
    return 1;
  }
  const aside = mkdtempSync(join(tmpdir(), "vnu-"));
  let messages;
  try {
    writeFileSync(join(aside, "canary.html"), CANARY);
    messages = messagesAbout([root, aside]);
  } finally {
    rmSync(aside, { recursive: true });
  }
  const located = messages.map((message) => ({
    ...message,
    path: message.url ? decodeURIComponent(new URL(message.url).pathname) : "",
  }));
  const ofCanary = located.filter(({ path }) => path.endsWith("/canary.html") && !path.startsWith(`${root}/`));
  if (ofCanary.length === 0) {
    console.error("the checker did not find the error planted for it: nothing was checked");
    return 1;
  }
  const errors = located.filter((message) => !ofCanary.includes(message));
  for (const { path, lastLine, type, message, extract } of errors) {
    console.log(`${join(folder, relative(root, path))}:${lastLine ?? 1}: ${type}: ${message}`);
    if (extract) console.log(`    ${extract.replace(/\s+/g, " ").trim()}`);
  }
  console.log(`${pages.length} pages, ${errors.length} errors`);
  return errors.length > 0 ? 1 : 0;
}

process.exitCode = main();
