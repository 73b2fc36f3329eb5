// A built site -> `file:line:column: rule: message` for every page that html-validate finds fault with: its rules for
// documents, for accessibility and for what it recommends. It knows nothing of the generator. What is asked differently
// from what the checker would ask stands in RULES, with the reason.
//
//     node htmlvalidate.mjs SITE
//
// Pages that are wrong on purpose are checked first: a set of rules that stays silent about them has checked nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { require } from "./packages.mjs";
import { pagesIn, siteOf } from "./published.mjs";

const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const RULES = {
  // One spelling throughout, which is all the rule is about; ours is in small letters.
  "doctype-style": ["error", { style: "lowercase" }],
  // Hashes guard what comes from elsewhere; ours comes from where the page does, and the policy allows nothing else.
  "require-sri": ["error", { target: "crossorigin" }],
  // HTML allows all but white space; `drill.title` cannot be the id of a heading, and is meant not to be.
  "valid-id": ["error", { relaxed: true }],
  // Search engines cut long titles; how long a title is, is for the author to say.
  "long-title": "off",
  // How the source is laid out, which no reader sees.
  "no-trailing-whitespace": "off",
  // HTML inserts the element by itself; tables without it are raw HTML, which stays the author's.
  "prefer-tbody": "off",
  // The same of raw HTML: the default says what the author meant.
  "no-implicit-input-type": "off",
};

/** What each of these rules must find. */
const WRONG = {
  "no-dup-id": '<p id="a"></p><p id="a"></p>',
  "wcag/h37": '<img src="x.png">',
  "heading-level": "<h1>One</h1><h3>Three</h3>",
  "no-inline-style": '<p style="color: red">red</p>',
  "text-content": '<button type="button"></button>',
  "element-permitted-content": "<span><div>in</div></span>",
};

const around = (body) =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>x</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

const checker = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
    rules: RULES,
  }),
);

async function messagesAbout(html, name) {
  const { results } = await checker.validateString(html, name);
  return results.flatMap(({ messages }) => messages);
}

async function main() {
  const root = siteOf(process.argv.slice(2), "node htmlvalidate.mjs SITE");
  if (!root) return 2;
  for (const [rule, body] of Object.entries(WRONG)) {
    const found = await messagesAbout(around(body), "wrong.html");
    if (!found.some(({ ruleId }) => ruleId === rule)) {
      console.error(`${rule} did not find the error planted for it: ${body}`);
      return 1;
    }
  }
  const pages = pagesIn(root);
  let faults = 0;
  for (const page of pages) {
    const html = readFileSync(join(root, page), "utf8");
    for (const { line, column, ruleId, message } of await messagesAbout(html, page)) {
      console.log(`${page}:${line}:${column}: ${ruleId}: ${message}`);
      faults += 1;
    }
  }
  console.log(`${pages.length} pages, ${faults} errors`);
  return faults > 0 ? 1 : 0;
}

process.exitCode = await main();
