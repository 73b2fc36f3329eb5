// Whatever is wide scrolls within itself; the page never does, down to 320 pixels (WCAG 1.4.10).
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

for (const width of [320, 360, 768, 1280]) {
  for (const scripts of [true, false]) {
    test(`at ${width} pixels, scripts ${scripts ? "on" : "off"}`, async (t) => {
      const { page, url } = await open(t, { viewport: { width, height: 740 }, scripts });
      for (const path of Object.values(PAGES)) {
        await page.goto(url(path));
        const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(content <= view, `${path} is ${content} pixels wide`);
      }
    });
  }
}

test("a long title leaves the controls beside it their room", async (t) => {
  const { page, url } = await open(t, { viewport: { width: 360, height: 740 } });
  await page.goto(url(PAGES.page));
  await page.locator(".book-title span").evaluate((title) => (title.textContent = "A handbook with a title ".repeat(4)));
  for (const control of await page.locator(".site-header :is(button, select)").all()) {
    assert.ok(await control.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), await control.innerText());
  }
});

/** What the fixture cannot hold, since a checker or the page's policy objects to it; a browser shows it all the same. */
const UNFIT = [
  '<iframe width="560" height="100" title="x"></iframe>',
  '<object width="900" height="20"></object>',
  '<embed width="900" height="20">',
  '<hr width="900">',
  '<table width="900"><tr><td nowrap>one<td>two</table>',
  '<table align="left" width="900"><tr><td>one<td>two</table>',
  `<center>${"long".repeat(60)}</center>`,
  `<nobr>${"words and ".repeat(30)}</nobr>`,
  `<marquee width="900">words</marquee>`,
  `<dialog open>${"long".repeat(60)}</dialog>`,
  `${"<ul><li>".repeat(30)}deep`,
  `${"<blockquote>".repeat(30)}deep`,
  `<ul><li><table><tr><td>${"long".repeat(30)}<td>${"long".repeat(30)}</table></ul>`,
];

for (const scripts of [true, false]) {
  test(`with HTML that is not quite right, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { viewport: { width: 320, height: 740 }, scripts });
    await page.goto(url(PAGES.second));
    for (const html of UNFIT) {
      const [content, view] = await page.locator(".content").evaluate((box, html) => {
        const place = document.createElement("div");
        place.innerHTML = html;
        box.append(place);
        const { scrollWidth, clientWidth } = document.documentElement;
        place.remove();
        return [scrollWidth, clientWidth];
      }, html);
      assert.ok(content <= view, `${html.slice(0, 60)}: ${content} pixels wide`);
    }
  });
}
