// The page need not be the handbook's: without its scripts, its landmarks or even a head it is patched all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RAW, SECOND, mark, open, theme, unreloaded } from "./live.mjs";

const OWN = "<x-clock></x-clock>\n\n<template><p>In a template</p></template>";
const TEMPLATES = ["contents", "listing", "not-found", "page", "redirect"];
const bare = (file) => theme(`../tests/themes/bare/${file}`);

async function useBareTheme(server) {
  await server.edit("themes/bare/theme.toml", bare("theme.toml"));
  await server.edit("themes/bare/js/boot.js", bare("js/boot.js"));
  for (const name of TEMPLATES) await server.edit(`themes/bare/templates/${name}.html`, bare(`templates/${name}.html`));
  await server.edit("book.toml", (text) => text.replace("[output.html]", '[output.html]\ntheme = "bare"'));
}

test("a page without the theme's scripts", async (t) => {
  const { page, edit, complaints } = await open(t, { path: RAW.path, before: useBareTheme });
  await mark(page);
  assert.equal(await page.evaluate(() => typeof prepbook), "undefined");
  await page.locator("textarea").fill("typed");
  await page.getByText("A table in details").click();
  await edit(RAW.file, "What an author can write", "All that an author can write", "All that an author can write");
  await edit(RAW.file, "## Depth", "## Depths", "Depths");
  await edit(RAW.file, "# Raw HTML and long things", "# Raw things", null);
  await page.waitForFunction(() => document.title === "Raw things");
  assert.equal(await page.locator("textarea").inputValue(), "typed");
  assert.ok(await page.locator("details").evaluate((details) => details.open));
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("what an unknown script has built brings a reload when it cannot be kept", async (t) => {
  const { page, edit, loads, loaded } = await open(t, { path: SECOND.path });
  await page.locator(".content p").first().evaluate((paragraph) => paragraph.append(document.createElement("button")));
  await edit(SECOND.file, "A last short section.", "A last section.", "A last section.");
  assert.equal(loads(), 1, "an edit elsewhere does not concern it");
  await edit(SECOND.file, "Something to come back from.", "Something else.", "Something else.");
  await page.waitForFunction(() => !document.querySelector(".content p button"));
  assert.equal(await loaded(2), 2);
});

test("a book's own script that enters the page loads it again", async (t) => {
  const { page, server, edit, loads, loaded } = await open(t, { path: SECOND.path });
  await server.edit("guide/1-reading/code/run.js", "window.ran = (window.ran ?? 0) + 1;");
  await edit(SECOND.file, "A last short section.", "A last section.\n\n<script src=\"code/run.js\"></script>\n", null);
  await page.waitForFunction(() => window.ran === 1);
  await page.waitForLoadState();
  assert.equal(await loaded(2), 2);
  await mark(page);
  await edit(SECOND.file, "A last section.", "The last section.", "The last section.");
  assert.ok(await unreloaded(page), "it is there already");
});

test("templates, films and elements of its own", async (t) => {
  const { page, edit } = await open(t, {
    path: RAW.path,
    before: (server) => server.edit(RAW.file, (text) => text.replace("## Controls", `${OWN}\n\n## Controls`)),
    init: () => document.addEventListener("DOMContentLoaded", () => {
      customElements.define("x-clock", class extends HTMLElement {
        connectedCallback() {
          window.clocks = (window.clocks ?? 0) + 1;
          this.append("tick");
        }
      });
    }),
  });
  await mark(page);
  await page.locator("video").evaluate((video) => (video.kept = true));
  await edit(RAW.file, "What an author can write", "All that an author can write", "All that");
  await edit(RAW.file, "## Media", "## Films\n\nAnd sounds.", "And sounds.");
  assert.ok(await page.locator("video").evaluate((video) => video.kept));
  await edit(RAW.file, "In a template", "In another template", null);
  await page.waitForFunction(() => document.querySelector("template").innerHTML === "<p>In another template</p>");
  assert.equal(await page.evaluate(() => clocks), 1);
  assert.equal(await page.locator("x-clock").innerText(), "tick");
  assert.ok(await unreloaded(page));
});
