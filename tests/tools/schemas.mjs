// The schemas that prepbook prints and documents -> whether they take what it writes and turn down what it refuses.
//
//     node schemas.mjs PREPBOOK SITE...
//
// practice.json of each SITE, and of a new book with one of everything that `prepbook new` makes, must be valid by
// docs/practice.schema.json. Files of data are read as the YAML subset that is JSON, which prepbook reads too: each example
// below is given to both, and they must say the same.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const Ajv = require("ajv");
const root = fileURLToPath(new URL("../..", import.meta.url));
const [program, ...sites] = process.argv.slice(2);
const problems = [];
let checked = 0;

function run(folder, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
  if (error) throw error;
  return { status, stdout, stderr };
}

function expect(holds, what) {
  checked += 1;
  if (!holds) problems.push(what);
}

const ajv = new Ajv({ allErrors: true });
const practice = ajv.compile(JSON.parse(readFileSync(join(root, "docs/practice.schema.json"), "utf8")));

function checkPractice(site) {
  const data = JSON.parse(readFileSync(join(site, "practice.json"), "utf8"));
  expect(practice(data), `${site}: ${ajv.errorsText(practice.errors)}`);
  // A schema that takes anything has checked nothing.
  for (const spoil of [
    (copy) => delete copy.items[0].id,
    (copy) => (copy.items.find(({ minutes }) => minutes).minutes = "15-20"),
    (copy) => (copy.version = 2),
    (copy) => (copy.items[0].kind = "exercise"),
  ]) {
    const copy = structuredClone(data);
    spoil(copy);
    expect(!practice(copy), `${site}: the schema takes ${spoil}`);
  }
  return data;
}

for (const site of sites.filter((site) => existsSync(join(site, "practice.json")))) checkPractice(site);

const folder = mkdtempSync(join(tmpdir(), "schemas-"));
try {
  // One of everything that can be made, with nothing wrong.
  mkdirSync(join(folder, "guide"));
  writeFileSync(join(folder, "book.toml"), '[book]\nsrc = "guide"\n');
  writeFileSync(join(folder, "guide/README.md"), "# Home\n\n:::questions{topic=threat-modelling}\n");
  for (const kind of ["page", "drill", "story", "review", "question", "threat-model", "plan"]) {
    const made = run(folder, "new", kind, `1-part/my-${kind}`);
    expect(made.status === 0, `new ${kind}: ${made.stderr}`);
  }
  const check = run(folder, "check", "--strict", "--format", "short");
  expect(check.status === 0, `what \`new\` makes has something wrong:\n${check.stderr}`);
  expect(run(folder, "build", "-q").status === 0, "what `new` makes does not build");
  const made = checkPractice(join(folder, "book"));
  const kinds = new Set(made.items.map((item) => item.kind));
  for (const kind of ["drill", "story", "review", "question", "threat-model", "plan"]) {
    expect(kinds.has(kind), `practice.json has no ${kind} of a new book`);
  }
  for (const name of ["questions", "threat-model", "plan"]) {
    const kept = readFileSync(join(folder, `.schemas/${name}.schema.json`), "utf8");
    expect(kept === run(folder, "schema", name).stdout, `.schemas/${name}.schema.json is not what \`schema\` prints`);
    const yaml = readFileSync(join(folder, "guide/1-part", name === "questions" ? "my-question.questions.yaml" : `my-${name}.${name}.yaml`), "utf8");
    const named = /\$schema=(\S+)/.exec(yaml)?.[1] ?? "";
    expect(existsSync(join(folder, "guide/1-part", named)), `my-${name} names ${named}, which is not there`);
  }

  // What the schema says and what the program says.
  const question = { id: "q9", text: "Why?", topic: "x", level: "easy", outline: ["one two three four five six seven eight", "nine ten eleven twelve thirteen fourteen fifteen"], wrong: "No." };
  const model = {
    id: "m", title: "M",
    elements: { E1: { kind: "external", name: "E", at: [0, 0] }, P1: { kind: "process", name: "P", at: [1, 0] } },
    flows: { F1: { from: "E1", to: ["P1"], data: "d" } },
    threats: [{ id: "T1", on: "F1", stride: ["I"], statement: "s", likelihood: "low", impact: "low", response: "accept", residual: "r" }],
    "attack-trees": [{ goal: "g", any: [{ step: "s", cost: 1 }, { step: "t", all: [{ step: "u", cost: 0.5 }] }] }],
  };
  const plan = { id: "p", title: "P", days: [{ day: 1, items: [{ do: "a", page: "README.md", minutes: 30 }] }] };
  const examples = {
    questions: ["x.questions.yaml", { questions: [question] }, [
      (it) => delete it.questions[0].text, (it) => delete it.questions[0].level, (it) => (it.questions[0].level = "hardest"),
      (it) => (it.questions[0].id = "Q 9"), (it) => (it.questions[0].autline = []), (it) => delete it.questions[0].topic,
      (it) => (it.questions[0].minutes = 0), (it) => (it.questions[0].reported = "yes"), (it) => delete it.questions[0].wrong,
    ]],
    "threat-model": ["x.threat-model.yaml", model, [
      (it) => delete it.id, (it) => delete it.elements, (it) => (it.elements.E1.kind = "actor"), (it) => (it.elements.E1.at = [1]),
      (it) => (it.elements.E1.at = [1, -1]), (it) => delete it.flows.F1.to, (it) => (it.flows.F1.via = "x"),
      (it) => (it.threats[0].likelihood = "maybe"), (it) => delete it.threats[0].stride, (it) => (it.threats[0].response = "hope"),
      (it) => delete it["attack-trees"][0].goal, (it) => (it["attack-trees"][0].any[0].cost = "much"), (it) => (it.minutes = "long"),
    ]],
    plan: ["x.plan.yaml", plan, [
      (it) => delete it.title, (it) => (it.days = []), (it) => (it.days[0].day = 0), (it) => delete it.days[0].items[0].minutes,
      (it) => delete it.days[0].items[0].page, (it) => (it.days[0].items[0].time = 3), (it) => (it.days[0].items = []),
    ]],
    glossary: ["glossary.yaml", { terms: [{ term: "T", meaning: "m", also: "t" }] }, [
      (it) => delete it.terms[0].meaning, (it) => (it.terms[0].id = "a b"), (it) => (it.terms[0].mean = "x"),
    ]],
    references: ["references.yaml", { references: [{ id: "r", title: "R", url: "https://a.example/", type: "book", checked_on: "2026-11-22" }] }, [
      (it) => (it.references[0].url = "http://a.example/"), (it) => (it.references[0].type = "scroll"),
      (it) => (it.references[0].checked_on = "yesterday"), (it) => delete it.references[0].title,
    ]],
    synonyms: ["synonyms.yaml", { synonyms: [{ words: ["XSS", "cross-site scripting"] }] }, [
      (it) => it.synonyms[0].words.pop(), (it) => delete it.synonyms[0].words, (it) => (it.synonyms[0].word = "x"),
    ]],
  };
  for (const [name, [file, example, spoilers]] of Object.entries(examples)) {
    const valid = new Ajv({ allErrors: true }).compile(JSON.parse(run(folder, "schema", name).stdout));
    const path = join(folder, "guide", file);
    const spoiled = spoilers.map((spoil) => [String(spoil), Object.assign(structuredClone(example))]);
    spoiled.forEach(([, copy], index) => spoilers[index](copy));
    for (const [what, data] of [["as it should be", example], ...spoiled]) {
      writeFileSync(path, JSON.stringify(data, null, 1));
      const said = run(folder, "check", "--format", "json").stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
      const refused = said.filter(({ file, severity, code }) => file === `guide/${path.slice(path.lastIndexOf("guide/") + 6)}` && (severity === "error" || code === "data/unknown-key"));
      expect(valid(data) === (refused.length === 0), `${name}, ${what}: the schema says ${valid(data)}, prepbook ${JSON.stringify(refused.map(({ code }) => code))}`);
    }
    rmSync(path);
  }
  // Front matter is read with the page.
  const front = new Ajv().compile(JSON.parse(run(folder, "schema", "front-matter").stdout));
  for (const [data, fine] of [
    [{ title: "T", minutes: "15-20", tags: ["a"], search: { exclude: true } }, true],
    [{ minutes: "ten" }, false], [{ draft: "yes" }, false], [{ titel: "x" }, false], [{ checked_on: "soon" }, false],
  ]) {
    writeFileSync(join(folder, "guide/x.md"), `---\n${JSON.stringify(data)}\n---\n# X\n`);
    const said = run(folder, "check", "--format", "short").stderr.split("\n").filter((line) => line.includes("guide/x.md"));
    expect(front(data) === fine && (said.length === 0) === fine, `front matter ${JSON.stringify(data)}: schema ${front(data)}, prepbook ${said}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${checked} checks of schemas`);
