// A style sheet is exchanged under the page's feet, never leaving it bare; templates and scripts need a reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, mark, open, theme, unreloaded } from "./live.mjs";

const CSS = "handbook/css/prose.css";
const color = (page) => page.locator(".content p").first().evaluate((element) => getComputedStyle(element).color);

test("an edit of a style sheet shows at once, and twice", async (t) => {
  const { page, server, complaints } = await open(t);
  await mark(page);
  // Every frame in which the page has no style would be seen by the reader.
  await page.evaluate(() => {
    window.bare = 0;
    const look = () => {
      if (getComputedStyle(document.querySelector(".skip-link")).position === "static") bare += 1;
      requestAnimationFrame(look);
    };
    look();
  });
  for (const [name, value] of [["red", "rgb(255, 0, 0)"], ["blue", "rgb(0, 0, 255)"]]) {
    await server.edit(`themes/${CSS}`, `${theme(CSS)}\n.content p { color: ${name}; }\n`);
    await page.waitForFunction((wanted) => getComputedStyle(document.querySelector(".content p")).color === wanted, value);
  }
  for (const name of ["red", "green", "blue"]) {
    await server.edit(`themes/${CSS}`, `${theme(CSS)}\n.content p { color: ${name}; }\n`);
  }
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
  assert.equal(await page.evaluate(() => bare), 0);
  await server.edit(PAGE.file, (text) => text.replace("A paragraph with", "One paragraph with"));
  await page.getByText("One paragraph with").waitFor();
  assert.equal(await color(page), "rgb(0, 0, 255)");
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("another template, or another script, loads the page again where it was", async (t) => {
  const { page, server, loads, loaded } = await open(t);
  await page.evaluate(() => scrollTo(0, 700));
  const footer = "handbook/templates/partials/footer.html";
  await server.edit(`themes/${footer}`, theme(footer).replace("<p>", "<p>Set anew. "));
  await page.getByText("Set anew.").waitFor();
  await page.waitForLoadState();
  await page.waitForFunction(() => scrollY === 700);
  assert.equal(await loaded(2), 2);
  const script = "handbook/js/elements/copy_button.js";
  await server.edit(`themes/${script}`, theme(script).replace("}, text.copy)", '}, "Take")'));
  await page.getByText("Take", { exact: true }).first().waitFor();
  await page.waitForLoadState();
  assert.equal(await loaded(3), 3);
});

test("a page that cannot be rendered just now leaves the one that is there", async (t) => {
  const { page, server, url, loads, loaded } = await open(t);
  await mark(page);
  let asked = 0;
  await page.route(url(PAGE.path), (route) => {
    asked += 1;
    return route.fulfill({ status: 500, contentType: "text/html", body: "<p>The template has a mistake.</p>" });
  });
  const footer = "handbook/templates/partials/footer.html";
  await server.edit(`themes/${footer}`, theme(footer).replace("<p>", "<p>Set anew. "));
  while (!asked) await page.waitForTimeout(20);
  await page.waitForTimeout(200);
  assert.ok(await unreloaded(page));
  await page.unroute(url(PAGE.path));
  await server.edit(`themes/${footer}`, theme(footer).replace("<p>", "<p>Mended. "));
  await page.getByText("Mended.").waitFor();
  await page.waitForLoadState();
  assert.equal(await loaded(2), 2);
});
