// Permalinks, copy buttons, tabs and the list of headings belong to the text as it is now; each is there once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, RAW, mark, open, unreloaded } from "./live.mjs";

test("a heading that changes gets its link and its place in the list of headings", async (t) => {
  const { page, edit, complaints } = await open(t);
  await mark(page);
  await edit(PAGE.file, "## Remarks", "## Remarkable things", "Remarkable things");
  const heading = page.getByRole("heading", { name: "Remarkable things" });
  assert.deepEqual(await heading.evaluate(({ parentElement: box }) => [
    box.className, box.parentElement.className, box.querySelectorAll("a").length,
    box.querySelector("a").getAttribute("href"), box.querySelector("a").ariaLabel,
  ]), ["heading h2", "content", 1, "#remarkable-things", "Link to Remarkable things"]);
  assert.equal(await page.locator(".heading.h2").count(), await page.locator(".content h2").count());
  const names = await page.locator(".outline a").allTextContents();
  assert.deepEqual(names.slice(0, 3), ["Lists", "Remarkable things", "Code"]);
  // The list follows the reader to a section that was not there when the page came.
  await heading.evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 120));
  await page.locator(".outline a[aria-current]", { hasText: "Remarkable things" }).waitFor();
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("a word in a heading's code changes", async (t) => {
  const { page, edit } = await open(t);
  await edit(PAGE.file, "## Remarks", "## The `first` remark {#remark}", "The first remark");
  await edit(PAGE.file, "`first` remark", "`second` remark", "The second remark");
  assert.equal(await page.locator("#remark + .permalink").getAttribute("aria-label"), "Link to The second remark");
  assert.equal(await page.locator("#remark ~ .permalink").count(), 1);
});

test("a block of code that changes has one button, which copies the new text", async (t) => {
  const { page, edit } = await open(t);
  await mark(page);
  await edit(PAGE.file, "# The short comment.", "# The longer comment.", "# The longer comment.");
  const block = page.locator(".code", { hasText: "The longer comment" });
  assert.equal(await block.count(), 1);
  assert.equal(await block.getByRole("button").count(), 1);
  await block.getByRole("button").click();
  await block.getByText("Copied").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /# The longer comment\./);

  await edit(PAGE.file, "int balance() { return 0; }", "int balance() { return 1; }\n    int more;", "more;");
  const figure = page.locator("figure.code", { hasText: "Account.java" });
  assert.equal(await figure.getByRole("button").count(), 1);
  await figure.getByRole("button").click();
  await figure.getByText("Copied").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /return 1; \}\n {4}int more;\n\}$/);
  assert.equal(await page.locator(".content pre").count(), await page.locator(".content .copy").count());
  assert.ok(await unreloaded(page));
});

test("an edit in a tab's panel happens in it, open or not", async (t) => {
  const { page, edit } = await open(t);
  await mark(page);
  await page.locator(".tabs").first().evaluate((tabs) => (tabs.kept = true));
  await edit(PAGE.file, "Install it with the package manager of Linux.", "Install it by hand.", "Install it by hand.");
  await edit(PAGE.file, "Install it on Windows.", "Do not.\n\n```sh\nexit\n```", "Do not.");
  assert.ok(await page.getByText("Install it by hand.").isVisible());
  assert.equal(await page.getByText("Do not.").isVisible(), false);
  await page.getByRole("tab", { name: "Windows" }).click();
  assert.ok(await page.getByText("Do not.").isVisible());
  assert.equal(await page.locator(".tabs").first().getByRole("button", { name: "Copy code" }).count(), 1);
  assert.ok(await page.locator(".tabs").first().evaluate((tabs) => tabs.kept), "the tabs are the same element");
  assert.ok(await unreloaded(page));
});

test("a tab's title changes, and its row still moves the others", async (t) => {
  const { page, edit } = await open(t);
  await mark(page);
  await edit(PAGE.file, ":::tab[Windows]", ":::tab[ReactOS]", "ReactOS");
  assert.deepEqual(await page.locator(".tabs").first().getByRole("tab").allTextContents(), ["Linux", "macOS", "ReactOS"]);
  assert.equal(await page.locator("[role=tablist]").count(), 2);
  await page.locator(".tabs").nth(1).getByRole("tab", { name: "Linux" }).click();
  await page.locator(".tabs").first().getByRole("tab", { name: "macOS" }).click();
  assert.equal(await page.locator(".tabs").nth(1).getByRole("tab", { selected: true }).textContent(), "macOS");
  assert.ok(await unreloaded(page));
});

test("a page that gets its first headings, and loses them, has a list of them meanwhile", async (t) => {
  const { page, edit, server } = await open(t, { path: RAW.path });
  const whole = "# Raw HTML and long things\n\nWith no headings, and [a link](1-every-construct.md#code).\n";
  await server.edit(RAW.file, whole);
  await page.getByText("With no headings").waitFor();
  assert.equal(await page.locator(".outline").count(), 0);
  await edit(RAW.file, whole, `${whole}\n## Details\n\nSome.\n\n## More\n\nSome.\n`, "Some.");
  assert.deepEqual(await page.locator(".outline a").allTextContents(), ["Details", "More"]);
  assert.ok(await page.locator(".outline details").evaluate((details) => details.open));
});
