// A picture that is drawn anew is exchanged where it stands; what else the page shows is neither loaded again nor disturbed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, RAW, mark, open, unreloaded } from "./live.mjs";

const PICTURE = "guide/1-reading/picture.svg";
const drawn = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="90"/>`;

function width(page, wanted) {
  return page.waitForFunction((value) => document.querySelector(".content img").naturalWidth === value, wanted);
}

test("a picture that changes, again and again", async (t) => {
  const { page, server, complaints } = await open(t);
  await mark(page);
  await page.locator(".content img").scrollIntoViewIfNeeded();
  for (const value of [120, 240, 120]) {
    await server.edit(PICTURE, drawn(value));
    await width(page, value);
  }
  // Where it stands anew, the browser does not bring the old one back, nor does an edit beside it.
  await server.edit(PAGE.file, (text) => text.replace("![A grey square", "> ![A grey square"));
  await page.waitForFunction(() => document.querySelector("blockquote img"));
  await width(page, 120);
  await server.edit(PAGE.file, (text) => text.replace("A paragraph with", "One paragraph with"));
  await page.getByText("One paragraph with").waitFor();
  await width(page, 120);
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("a picture that stays as it was is left alone", async (t) => {
  const { page, server } = await open(t, {
    path: RAW.path,
    before: async (server) => {
      await server.edit("guide/1-reading/other.svg", drawn(50));
      const image = '<img src="other.svg" id="other" alt="Another">';
      await server.edit(RAW.file, (text) => text.replace("## Controls", `${image}\n\n## Controls`));
    },
  });
  await server.edit("guide/1-reading/other.svg", drawn(70));
  await page.waitForFunction(() => document.querySelector("#other").naturalWidth === 70);
  assert.equal(await page.locator("img").first().getAttribute("src"), "picture.svg");
});
