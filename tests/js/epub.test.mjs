// Reads css/epub.css and checks that every colour in it can be read on the paper of any reader: it stands out from white as well
// as from black (WCAG 2.2, 1.4.3), and no rule sets a ground or the ink of plain text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../themes/handbook/css/epub.css", import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("every colour of the book for reading systems stands out from white and from black", () => {
  const colours = new Set(css.match(/#[0-9a-f]{3,8}\b/gi));
  assert.ok(colours.size > 5, "there are colours to look at");
  for (const colour of colours) {
    assert.match(colour, /^#[0-9a-f]{6}$/);
    const light = luminance(colour);
    const least = Math.min(1.05 / (light + 0.05), (light + 0.05) / 0.05);
    assert.ok(least >= 4.5, `${colour}: ${least.toFixed(2)} : 1`);
  }
});

test("grounds and plain ink are the reader's", () => {
  assert.doesNotMatch(css, /background/);
  const [, body] = css.match(/(?:^|\n)body \{([^}]*)\}/);
  assert.doesNotMatch(body, /(?:^|[^-])color:|font-family|font-size/);
});
