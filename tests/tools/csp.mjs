// A built site -> whether its Content-Security-Policy is worth having and kept: what csp_evaluator thinks of the policy in
// every page and in `_headers`, whether both say the same, and whether a page holds anything that the policy would refuse.
// It knows nothing of the generator.
//
//     node csp.mjs SITE
//
// Pages are read by a browser's own parser, scripts off, so that no spelling of `javascript:` gets past. A policy and a page
// that are wrong on purpose are looked at first.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, require } from "./packages.mjs";
import { headerRules, onlyRedirects, pagesIn, siteOf } from "./published.mjs";

const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const { Severity } = require("csp_evaluator/dist/finding.js");

/** A meta element cannot say these (CSP 3, 3.3), so a header may say them beside it. */
const ONLY_IN_HEADERS = ["frame-ancestors", "report-uri", "report-to", "sandbox"];

/** The one thing that is known and accepted: scripts are files of the site, and a book's author puts the files there. */
const ACCEPTED = (finding) => finding.directive === "script-src" && finding.value === "'self'" && finding.severity === Severity.MEDIUM_MAYBE;

/** What the evaluator holds against a policy; hints on style (INFO) and on nonces (STRICT_CSP) are none of it. */
function weaknesses(policy) {
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  return findings
    .filter((finding) => ![Severity.INFO, Severity.STRICT_CSP, Severity.NONE].includes(finding.severity) && !ACCEPTED(finding))
    .map(({ severity, directive, description }) => `${Severity[severity]}: ${directive}: ${description}`);
}

/** Its directives, each with its sources in order of the alphabet. */
function directives(policy) {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/)).filter(([name]) => name);
  return new Map(parts.map(([name, ...sources]) => [name.toLowerCase(), sources.sort().join(" ")]));
}

function differences(meta, header) {
  const [page, host] = [directives(meta), directives(header)];
  const names = new Set([...page.keys(), ...host.keys()]);
  return [...names]
    .filter((name) => page.get(name) !== host.get(name) && !(ONLY_IN_HEADERS.includes(name) && !page.has(name)))
    .map((name) => `${name} is “${page.get(name) ?? "absent"}” in the page and “${host.get(name) ?? "absent"}” in _headers`);
}

/** In the browser: the policies of a page, and what in it a policy without 'unsafe-inline' refuses. */
function read(html) {
  const found = [];
  const document = new DOMParser().parseFromString(html, "text/html");
  const metas = [...document.querySelectorAll("meta[http-equiv]")].filter(
    (meta) => meta.httpEquiv.toLowerCase() === "content-security-policy",
  );
  const loading = document.querySelector("script, link, style, base, img, body *");
  for (const meta of metas) {
    if (meta.parentElement !== document.head) found.push("a policy stands outside the head, where it does nothing");
    if (loading && !(meta.compareDocumentPosition(loading) & Node.DOCUMENT_POSITION_FOLLOWING)) {
      found.push(`the policy stands after <${loading.localName}>, which it would govern`);
    }
  }
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const start = element.cloneNode(false).outerHTML.slice(0, 160);
      if (element.localName === "script" && element.textContent.trim() !== "") found.push(`inline script: ${start}`);
      if (element.localName === "style") found.push(`inline style sheet: ${start}`);
      if (element.localName === "base") found.push(`base address: ${start}`);
      for (const { localName, value } of element.attributes) {
        if (localName === "style") found.push(`inline style: ${start}`);
        if (localName.startsWith("on")) found.push(`event handler: ${start}`);
        if (localName === "srcdoc") found.push(`inline document: ${start}`);
        // Browsers pass over these characters in a scheme.
        const address = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
        if (/^(javascript|vbscript):|^data:text\/html/.test(address)) found.push(`script as an address: ${start}`);
        if (localName === "content" && /url=['"]?(javascript|data):/.test(address)) found.push(`script as an address: ${start}`);
      }
      if (element.localName === "template") look(element.content);
    }
  };
  look(document);
  return { policies: metas.map((meta) => meta.content), found };
}

const WRONG_POLICY = "script-src 'self' 'unsafe-inline'";
const WRONG_PAGE = `<!doctype html><head><script src="a.js"></script><meta http-equiv="Content-Security-Policy" content="${WRONG_POLICY}">
<style>p{}</style><base href="/"><body><script>1</script><p style="color: red" onclick="1"><a href=" java&#115;cript:1">x</a>
<template><svg><a xlink:href="javascript:1"/></svg></template><iframe srcdoc="<p>"></iframe>`;
const WRONGS = ["after <script>", "inline style sheet", "base address", "inline script", "inline style:", "event handler", "inline document"];

async function canary(page) {
  const { policies, found } = await page.evaluate(read, WRONG_PAGE);
  const missed = WRONGS.filter((wrong) => !found.some((line) => line.includes(wrong)));
  if (found.filter((line) => line.startsWith("script as an address")).length !== 2) missed.push("a script as an address");
  if (!weaknesses(policies[0] ?? "").some((line) => line.startsWith("HIGH: script-src"))) missed.push("a weak policy");
  if (differences(WRONG_POLICY, "script-src 'self'").length !== 1) missed.push("a difference");
  return missed;
}

async function main() {
  const root = siteOf(process.argv.slice(2), "node csp.mjs SITE");
  if (!root) return 2;
  const headersOf = headerRules(root);
  const browser = await launch();
  const faults = [];
  const judged = new Map();
  const judge = (policy, place) => {
    if (!judged.has(policy)) judged.set(policy, weaknesses(policy));
    for (const weakness of judged.get(policy)) faults.push(`${place}: ${weakness}`);
  };
  const pages = pagesIn(root);
  try {
    const tab = await browser.newPage();
    const missed = await canary(tab);
    if (missed.length > 0) {
      console.error(`what was planted has not been found: ${missed.join(", ")}`);
      return 1;
    }
    for (const page of pages) {
      const html = readFileSync(join(root, page), "utf8");
      const { policies, found } = await tab.evaluate(read, html);
      for (const fault of found) faults.push(`${page}: ${fault}`);
      const header = headersOf(`/${page}`).get("content-security-policy");
      if (!header) faults.push(`${page}: _headers has no policy for it`);
      else judge(header, `_headers for ${page}`);
      if (policies.length !== 1) faults.push(`${page}: ${policies.length} policies`);
      for (const policy of policies) {
        judge(policy, page);
        // A page that only sends the reader on loads nothing at all; its policy may say so, whatever the host's allows.
        const nothing = onlyRedirects(html) && [...directives(policy).values()].every((sources) => sources === "'none'");
        if (header && !nothing) for (const difference of differences(policy, header)) faults.push(`${page}: ${difference}`);
      }
    }
  } finally {
    await browser.close();
  }
  for (const fault of faults) console.log(fault);
  console.log(`${pages.length} pages, ${judged.size} policies, ${faults.length} faults`);
  for (const policy of judged.keys()) console.log(`  ${policy}`);
  return faults.length > 0 ? 1 : 0;
}

process.exitCode = await main();
