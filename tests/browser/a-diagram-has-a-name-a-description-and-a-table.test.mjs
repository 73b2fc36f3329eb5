// Nobody needs to see a data-flow diagram to know what is in it: it has a name, a description, and tables that say the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const model = (page) => page.locator(".practice-threat-model");

/** The words of a table's row headers and cells. */
function rows(page, name) {
  return model(page).locator(`table.${name} tbody tr`).evaluateAll((all) =>
    all.map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "))));
}

test("it is one picture, with a name and a description", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises));
  const picture = model(page).getByRole("img", { name: "Data-flow diagram: Documents for support" });
  assert.equal(await picture.count(), 1);
  const described = await picture.evaluate((svg) => svg.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent));
  assert.match(described.join(" "), /4 elements, 3 flows and 2 trust boundaries/);
  assert.equal(await page.locator("svg [id]").evaluateAll((all) => all.filter(({ id }) => document.querySelectorAll(`[id="${id}"]`).length > 1).length), 0);
});

test("every flow, element and boundary of it is in a table, under the number it has in the picture", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises));
  const flows = await rows(page, "flows");
  assert.deepEqual(flows.map(([number]) => number), ["1 F1", "2 F2", "3 F3"]);
  assert.equal(flows[0][1], "Member’s browser → Upload API");
  const drawn = (selector) => model(page).locator(`svg ${selector}`).evaluateAll((all) => all.map((part) => part.dataset.id).sort());
  const listed = async (name) => (await rows(page, name)).map(([id]) => id).sort();
  assert.deepEqual(await listed("elements"), await drawn(".dfd-element"));
  assert.deepEqual(await listed("elements"), ["E1", "P1", "P2", "S1"]);
  const boundaries = await listed("boundaries");
  assert.deepEqual(boundaries, ["B1", "B2"]);
  for (const id of await drawn(".dfd-boundary")) assert.ok(boundaries.includes(id), id);
  for (const number of ["1", "2", "3"]) {
    assert.equal(await model(page).locator("svg .dfd-number-text", { hasText: number }).count(), 1);
  }
  // Each column says what it is.
  assert.deepEqual(await model(page).locator("table.flows thead th[scope=col]").allTextContents(), ["No.", "From, to", "Data", "Crosses"]);
});

test("on a phone the keyboard scrolls it, and the page stays where it is", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.exercises));
  const frame = model(page).getByRole("group", { name: "Data-flow diagram, scrolls sideways" });
  await frame.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((box) => box.scrollLeft > 0, await frame.elementHandle());
  assert.equal(await page.evaluate(() => scrollX), 0);
});

for (const theme of ["light", "dark"]) {
  test(`its lines and words stand out from the ground, ${theme}`, async (t) => {
    const { page, url } = await open(t, { theme });
    await page.goto(url(PAGES.exercises));
    const [ground, ...inks] = await model(page).locator("svg").evaluate((svg) => {
      const channels = (colour) => colour.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number);
      return [
        getComputedStyle(document.querySelector(".drawing-scroll")).backgroundColor,
        getComputedStyle(svg.querySelector(".dfd-name")).fill,
        getComputedStyle(svg.querySelector(".dfd-label")).fill,
        getComputedStyle(svg.querySelector(".dfd-line")).stroke,
        getComputedStyle(svg.querySelector(".dfd-boundary rect")).stroke,
      ].map(channels);
    });
    for (const ink of inks) assert.ok(contrast(ink, ground) >= 3, `${ink} on ${ground}`);
    for (const ink of inks.slice(0, 2)) assert.ok(contrast(ink, ground) >= 4.5, `words in ${ink} on ${ground}`);
  });
}

function contrast(one, other) {
  const luminance = (channels) => {
    const [red, green, blue] = channels.map((channel) => channel / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
