// What tells one thing from another in running text: quotes are upright, so that emphasis shows in them; a gap between
// items is no smaller than one inside an item; lines of a task begin below each other; lines drawn for white paper keep it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** The page of long and deep things. */
async function raw(t, options) {
  const opened = await open(t, options);
  await opened.page.goto(opened.url(PAGES.raw));
  return opened.page;
}

const style = (locator, property) => locator.evaluate((element, property) => getComputedStyle(element)[property], property);

test("emphasis stands out in a quote, and has no slant where the script knows none", async (t) => {
  const page = await raw(t);
  const quote = page.locator("blockquote").first();
  assert.equal(await style(quote, "fontStyle"), "normal");
  assert.equal(await style(quote.locator("em"), "fontStyle"), "italic");
  const japanese = page.locator("[lang=ja] em");
  assert.equal(await style(japanese, "fontStyle"), "normal");
  assert.match(await style(japanese, "textEmphasisStyle"), /dot/);
});

for (const scripts of [true, false]) {
  test(`loose items stand further apart than what is in them, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const page = await raw(t, { scripts });
    const [inside, between] = await page.getByText("A loose item").evaluate((text) => {
      const block = text.nextElementSibling;
      const item = text.closest("li");
      return [
        block.getBoundingClientRect().top - text.getBoundingClientRect().bottom,
        item.nextElementSibling.getBoundingClientRect().top - block.getBoundingClientRect().bottom,
      ];
    });
    assert.ok(inside > 0 && between >= inside, `${inside} inside, ${between} between`);
  });
}

for (const viewport of [undefined, PHONE]) {
  test(`the lines of a task begin below each other, ${viewport ? "narrow" : "wide"}`, async (t) => {
    const page = await raw(t, { viewport });
    for (const words of ["A task of so many words", "A loose task of so many words"]) {
      const starts = await page.getByText(words).evaluate((block) => {
        const range = document.createRange();
        range.selectNodeContents(block.lastChild);
        return [...range.getClientRects()].map(({ left }) => left);
      });
      assert.ok(starts.length > 1);
      for (const start of starts) assert.ok(Math.abs(start - starts[0]) < 0.5, starts.join());
    }
  });
}

test("a box is ticked on the side where its text begins", async (t) => {
  const page = await raw(t);
  const [box, item] = await page.locator("[dir=rtl] .task").evaluate((item) =>
    [item.firstElementChild, item].map((element) => element.getBoundingClientRect().right));
  assert.ok(box > item, `${box}, ${item}`);
});

test("in the dark a picture keeps the paper it was drawn for", async (t) => {
  for (const theme of ["light", "dark"]) {
    const page = await raw(t, { theme });
    for (const picture of await page.locator(".content :is(img, svg)").all()) {
      assert.equal(await style(picture, "backgroundColor"), "rgb(253, 252, 249)");
      assert.equal(await style(picture, "color"), "rgb(30, 33, 38)");
    }
  }
});

test("a picture keeps its proportions, or the height it was given", async (t) => {
  const page = await raw(t, { viewport: PHONE });
  const size = (name) => page.getByAltText(name).evaluate((image) => [image.width, image.height]);
  const [width, height] = await size("A picture that claims two thousand pixels");
  assert.equal(width, await page.locator(".content").evaluate((content) => content.clientWidth));
  assert.ok(Math.abs(width / height - 3) < 0.05, `${width} to ${height}`);
  assert.equal((await size("A picture of a given height"))[1], 40);
});
