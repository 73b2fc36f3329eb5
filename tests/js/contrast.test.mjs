// Reads css/tokens.css and checks that every colour stands out from every ground it is drawn on, for light, dark and print
// and for readers who ask for more contrast (WCAG 2.2, 1.4.3 and 1.4.11). It knows the tokens' names, and no page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../themes/handbook/css/tokens.css", import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");

/** The declarations of one rule: `name → value`. */
function declarations(selector, within = css) {
  const start = within.indexOf(selector);
  assert.notEqual(start, -1, `${selector} is in tokens.css`);
  const body = within.slice(within.indexOf("{", start) + 1, within.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
}

function media(query) {
  const start = css.indexOf(`@media (${query})`) >= 0 ? css.indexOf(`@media (${query})`) : css.indexOf(`@media ${query}`);
  assert.notEqual(start, -1, `@media ${query} is in tokens.css`);
  return css.slice(css.indexOf("{", start) + 1);
}

const base = declarations(":root");
const more = declarations(":root:root", media("prefers-contrast: more"));
const print = declarations(":root:root", media("print"));

const HIGHLIGHT = [..."kosenbcftvagphmuidx"].map((letter) => `hl-${letter}`);
const PROSE_TEXT = ["ink", "ink-soft", "rubric", "link"];
const REMARKS = ["note", "tip", "important", "warning", "caution"];
const HUES = ["blue", "rust", "teal", "rose", "violet", "green", "ochre", "slate", "red"];
const MEANINGS = ["critical", "high", "medium", "low", ...[..."stride"].map((letter) => `stride-${letter}`)];
const CODE_TEXT = [...HIGHLIGHT, "code-ink", "code-number", "rubric"];

/** What is drawn on what, and how far apart the two must be. */
const PAIRS = [
  ...pairs(PROSE_TEXT, ["paper", "panel"], 4.5),
  ...pairs(["ink", "link"], ["target"], 4.5),
  ...pairs(["ink"], ["selection"], 4.5),
  ...pairs([...REMARKS, ...HUES, ...MEANINGS, "hue"], ["panel", "paper"], 4.5),
  // Code inside a remark stands on paper; a line that is linked to takes the target's ground.
  ...pairs(CODE_TEXT, ["code-paper", "paper", "code-mark", "code-ins", "code-del", "target"], 4.5),
  ...pairs(["edge", "focus"], ["paper", "panel"], 3),
];

const PALETTES = {
  light: [base, 0],
  dark: [base, 1],
  print: [{ ...base, ...print }, 0],
  "light with more contrast": [{ ...base, ...more }, 0],
  "dark with more contrast": [{ ...base, ...more }, 1],
  "print with more contrast": [{ ...base, ...more, ...print }, 0],
};

function pairs(colours, grounds, ratio) {
  return colours.flatMap((colour) => grounds.map((ground) => ({ colour, ground, ratio })));
}

/** The hex colour of a token; `side` is 0 for light and 1 for dark. */
function resolve(tokens, name, side) {
  const value = tokens[name];
  assert.ok(value, `--${name} is defined`);
  const alias = /^var\(--([\w-]+)\)$/.exec(value);
  if (alias) return resolve(tokens, alias[1], side);
  const both = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value);
  const hex = both ? both[1 + side] : value;
  assert.match(hex, /^#[0-9a-f]{6}$/, `--${name} is a hex colour or a pair of them`);
  return hex;
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function tooClose(tokens, side, wanted) {
  return wanted.flatMap(({ colour, ground, ratio }) => {
    const found = contrast(resolve(tokens, colour, side), resolve(tokens, ground, side));
    return found < ratio ? [`--${colour} on --${ground}: ${found.toFixed(2)}, wanted ${ratio}`] : [];
  });
}

test("the measure itself agrees with known values", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

for (const [name, [tokens, side]] of Object.entries(PALETTES)) {
  test(`every colour stands out from its ground: ${name}`, () => {
    assert.deepEqual(tooClose(tokens, side, PAIRS), []);
  });
}

for (const [name, side] of [["light", 0], ["dark", 1]]) {
  test(`readers who ask for more contrast get 7 to 1 for text: ${name}`, () => {
    assert.deepEqual(tooClose({ ...base, ...more }, side, pairs([...PROSE_TEXT, ...HUES], ["paper", "panel"], 7)), []);
  });
}

test("readers who choose more contrast get what those get whose system asks for it", () => {
  assert.deepEqual(declarations(':root[data-theme="contrast"]'), more);
});

test("every chapter has a colour, and no two neighbours the same", () => {
  const colours = [1, 2, 3, 4, 5, 6, 7, 8].map((chapter) => declarations(`[data-chapter="${chapter}"]`).hue);
  assert.equal(new Set(colours).size, 8);
  for (const colour of colours) assert.ok(HUES.some((hue) => colour === `var(--${hue})`), colour);
});

test("every class of the highlighter has a token and a rule", () => {
  const code = readFileSync(new URL("../../themes/handbook/css/code.css", import.meta.url), "utf8");
  for (const name of HIGHLIGHT) {
    assert.ok(base[name], `--${name} is defined`);
    assert.ok(code.includes(`pre .${name.slice(3)} { color: var(--${name})`), `code.css uses --${name}`);
  }
});
