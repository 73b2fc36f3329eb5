// node patient.mjs FILE...: runs test files, two at a time, and those that failed once more, alone. A page in a browser may lag
// behind on a busy machine, where a person would wait and look again; what is wrong stays wrong. Prints TAP and says at the end
// which files were only right when alone. Exit status 1 if a file failed twice, or did not run.
import { run } from "node:test";
import { tap } from "node:test/reporters";

/** Resolves to the files in which a test failed. */
async function failing(files, concurrency) {
  const failed = new Set();
  const stream = run({ files, concurrency });
  stream.on("test:fail", ({ file, name, todo }) => todo === undefined && failed.add(file ?? name));
  for await (const line of stream.compose(tap)) process.stdout.write(line);
  return [...failed];
}

const files = process.argv.slice(2);
if (!files.length) throw new Error("usage: patient.mjs FILE...");
const once = await failing(files, 2);
const twice = once.length ? await failing(once, 1) : [];
for (const file of once.filter((file) => !twice.includes(file))) console.log(`# unsteady: failed beside others, passed alone: ${file}`);
if (twice.length) process.exitCode = 1;
