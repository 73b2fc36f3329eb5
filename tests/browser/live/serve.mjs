// Runs `prepbook serve` on a copy of ../book for one test. PREPBOOK names the program, by default the one in target/release.
// It must not know what a test looks for.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const PROGRAM = process.env.PREPBOOK || join(REPOSITORY, "target/release/prepbook");

export async function start() {
  const base = await mkdtemp(join(tmpdir(), "prepbook-live-"));
  const book = join(base, "book");
  await cp(join(REPOSITORY, "tests/browser/book"), book, { recursive: true });
  await cp(join(REPOSITORY, "themes/handbook"), join(book, "themes/handbook"), { recursive: true });
  let child;
  let port = 0;

  const run = () => new Promise((ready, fail) => {
    let said = "";
    child = spawn(PROGRAM, ["serve", book, "-p", String(port), "--color", "never"], { stdio: ["ignore", "ignore", "pipe"] });
    child.on("error", fail);
    child.on("exit", (status) => fail(new Error(`it ended with ${status}: ${said}`)));
    child.stderr.on("data", (text) => {
      said += text;
      const [, found] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said) || [];
      if (!found) return;
      port = Number(found);
      ready();
    });
  });
  const stop = () => new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.on("exit", done);
    child.kill("SIGINT");
  });

  await run();
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Writes a file of the book: the new text, or a function that makes it from the old one. */
    async edit(file, change) {
      const path = resolve(book, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof change === "function" ? change(await readFile(path, "utf8")) : change);
    },
    remove: (file) => rm(resolve(book, file)),
    stop,
    /** On the same port, as when somebody types the command again. */
    again: run,
    async close() {
      await stop();
      await rm(base, { recursive: true, force: true });
    },
  };
}
