// The golden books, checked by the released program -> whether its SARIF logs are valid, and whether SARIF
// and JSON, each read as its standard or docs/formats.md says, name the same characters of the same files.
//
//     node sarif.mjs PREPBOOK
//
// It knows the two formats and no line of the program. A log with a mistake planted in it must be turned
// down first: if the schema takes that one, it has not checked anything.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// The packages of all tests in JavaScript are installed beside the browser's.
const require = createRequire(new URL("../browser/package.json", import.meta.url));
const Ajv = require("ajv");
const root = fileURLToPath(new URL("../..", import.meta.url));
const books = join(root, "tests/books");
const problems = [];

function validator() {
  const { files } = JSON.parse(readFileSync(join(root, "tests/schemas/VENDOR.json"), "utf8"));
  const [name] = Object.keys(files);
  const bytes = readFileSync(join(root, "tests/schemas", name));
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== files[name].sha256) throw new Error(`${name} is not what VENDOR.json says it is: ${sum}`);
  const ajv = new Ajv({ meta: false, schemaId: "id", allErrors: true });
  ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
  const check = ajv.compile(JSON.parse(bytes));
  return (log) => (check(log) ? [] : check.errors.map(({ dataPath, message }) => `${dataPath} ${message}`));
}

function run(program, folder, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** The UTF-16 code units of a region, in a text read as the log says: by line ends, without the mark. */
function covered(text, { newlineSequences }, region) {
  const ends = new RegExp(newlineSequences.map((end) => end.replace("\r", "\\r").replace("\n", "\\n")).join("|"), "g");
  const starts = [0, ...[...text.matchAll(ends)].map((match) => match.index + match[0].length)];
  const offset = (line, column) => {
    if (!(line >= 1 && line <= starts.length && column >= 1)) return NaN;
    return starts[line - 1] + column - 1;
  };
  return text.slice(offset(region.startLine, region.startColumn), offset(region.endLine, region.endColumn));
}

/** What one location of a log and one place of a JSON object cover; they must agree. */
function compare(where, folder, sarif, location, place) {
  const { artifactLocation, region } = location.physicalLocation;
  const file = decodeURIComponent(artifactLocation.uri);
  if (file !== place.file) problems.push(`${where}: ${file} is not ${place.file}`);
  if (!region !== !place.start) problems.push(`${where}: only one of the formats has a place`);
  if (!region) return;
  const bytes = readFileSync(join(folder, place.file));
  const bom = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = bytes.subarray(bom ? 3 : 0).toString("utf8");
  const utf16 = covered(text, sarif, region);
  const utf8 = bytes.subarray(place.start.offset, place.end.offset).toString("utf8");
  if (utf16 !== utf8) problems.push(`${where}: SARIF covers ${JSON.stringify(utf16)}, JSON ${JSON.stringify(utf8)}`);
  // Columns in characters, counted anew.
  const lines = bytes.subarray(bom ? 3 : 0, place.start.offset).toString("utf8").split(/\r\n|\r|\n/);
  const [line, column] = [lines.length, [...lines.at(-1)].length + 1];
  if (line !== place.start.line || column !== place.start.column) {
    problems.push(`${where}: JSON says ${place.start.line}:${place.start.column}, counted ${line}:${column}`);
  }
}

function check(program, validate, folder, book, seen) {
  const log = run(program, folder, "check", book, "--format", "sarif");
  const lines = run(program, folder, "check", book, "--format", "json");
  const sarif = JSON.parse(log.stdout);
  problems.push(...validate(sarif).map((problem) => `${book}: ${problem}`));
  const [{ results, tool, invocations, ...rest }] = sarif.runs;
  const objects = lines.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const summary = objects.pop();
  if (log.status !== lines.status || invocations[0].exitCode !== log.status || summary.ok !== (log.status === 0)) {
    problems.push(`${book}: the formats do not agree about the exit status ${log.status}`);
  }
  if (results.length !== objects.length || objects.some(({ kind }) => kind !== "diagnostic")) {
    problems.push(`${book}: ${results.length} results, ${objects.length} diagnostics`);
    return;
  }
  if (new Set(results.map((result) => result.partialFingerprints["mistake/v1"])).size !== results.length) {
    problems.push(`${book}: two results have one fingerprint`);
  }
  const used = new Set(results.map(({ ruleId }) => ruleId));
  if (tool.driver.rules.some(({ id }) => !used.has(id))) problems.push(`${book}: a rule that no result is about`);
  results.forEach((result, index) => {
    const object = objects[index];
    const where = `${book}: ${result.ruleId} in ${object.path}`;
    seen.add(result.ruleId);
    if (tool.driver.rules[result.ruleIndex].id !== result.ruleId || object.code !== result.ruleId) {
      problems.push(`${where}: the rule is not the one named`);
    }
    if (result.level !== object.severity) problems.push(`${where}: ${result.level} is not ${object.severity}`);
    compare(where, folder, rest, result.locations[0], object);
    (result.relatedLocations ?? []).forEach((related, note) => compare(where, folder, rest, related, object.notes[note]));
  });
}

function main() {
  const program = process.argv[2] && resolve(process.argv[2]);
  if (!program || process.argv.length !== 3 || !existsSync(program)) {
    console.error("usage: node sarif.mjs PREPBOOK");
    return 2;
  }
  const validate = validator();
  const planted = { version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{ message: {}, level: "bad" }] }] };
  if (validate(planted).length === 0) throw new Error("the schema took a log that is wrong: nothing was checked");

  const seen = new Set();
  const cases = readdirSync(books).filter((name) => existsSync(join(books, name, "book.toml")));
  for (const name of cases) check(program, validate, books, name, seen);

  const nowhere = mkdtempSync(join(tmpdir(), "prepbook-"));
  const failed = run(program, nowhere, "check", "--format", "sarif");
  rmSync(nowhere, { recursive: true });
  const log = JSON.parse(failed.stdout);
  problems.push(...validate(log).map((problem) => `no book: ${problem}`));
  if (failed.status !== 2 || log.runs[0].invocations[0].executionSuccessful) problems.push("no book: all is well, it says");

  for (const problem of problems) console.log(problem);
  console.log(`${cases.length} books, ${seen.size} kinds of mistakes, ${problems.length} problems`);
  return problems.length > 0 || seen.size === 0 ? 1 : 0;
}

process.exitCode = main();
