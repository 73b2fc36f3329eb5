// Paragraphs, lists and whole sections appear, vanish and change places, and everything else stays the element it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, mark, open, unreloaded } from "./live.mjs";

/** What the page says, against the same page loaded afresh: to a reader they must not differ. */
async function asIfLoaded(page, another) {
  const text = (one) => one.locator("main").evaluate((main) => main.innerHTML
    .replace(/ (open|tabindex|aria-current|aria-label|role|id|aria-labelledby)="[^"]*"/g, "").replace(/\s+/g, " "));
  const fresh = await another();
  await fresh.goto(page.url());
  await fresh.locator(".sidebar").dispatchEvent("pointerenter");
  await fresh.locator(".tree .twist").first().waitFor();
  assert.equal(await text(page), await text(fresh));
  await fresh.close();
}

/** Numbers every element of the text, so that it can be told what is new. */
const number = (page) => page.locator(".content *").evaluateAll((all) => all.forEach((one, index) => (one.number = index + 1)));
const isOld = (locator) => locator.evaluate((element) => !!element.number);

test("a paragraph is written, edited and taken out again", async (t) => {
  const { page, edit, another } = await open(t);
  await mark(page);
  await number(page);
  await edit(PAGE.file, "> What are we", "A paragraph in between.\n\n> What are we", "A paragraph in between.");
  await asIfLoaded(page, another);
  await edit(PAGE.file, "A paragraph in between.", "A paragraph in between, longer.", "between, longer.");
  await edit(PAGE.file, "A paragraph in between, longer.\n\n", "", null);
  await page.getByText("A paragraph in between").waitFor({ state: "detached" });
  await asIfLoaded(page, another);
  assert.ok(await isOld(page.locator("blockquote").first()));
  assert.ok(await isOld(page.locator(".tabs").first()));
  assert.ok(await unreloaded(page));
});

test("a paragraph that is edited while another is written above it stays itself", async (t) => {
  const { page, edit } = await open(t);
  await number(page);
  await edit(PAGE.file, "A paragraph with *emphasis*", "Something else.\n\nThe paragraph with *emphasis*", "Something else.");
  assert.ok(await isOld(page.locator(".content > p", { hasText: "The paragraph with" })));
});

test("a section moves", async (t) => {
  const { page, server, another } = await open(t);
  await mark(page);
  await number(page);
  await server.edit(PAGE.file, (text) => {
    const [, lists] = /(## Lists\n[^]*?)## Remarks/.exec(text);
    return text.replace(lists, "").replace("## Images", () => `${lists}## Images`);
  });
  await page.waitForFunction(() => {
    const [first, second] = document.querySelectorAll("#lists, #code");
    return first.id === "code" && second.id === "lists";
  });
  assert.ok(await isOld(page.locator("blockquote").first()), "it is moved, not made again");
  await asIfLoaded(page, another);
  assert.ok(await unreloaded(page));
});

test("list items come, change and go", async (t) => {
  const { page, edit, another } = await open(t);
  await number(page);
  await edit(PAGE.file, "- One item\n", "- No item\n- One item\n", "No item");
  assert.ok(await isOld(page.getByText("One item", { exact: true })));
  await edit(PAGE.file, "- Another item", "- A further item", "A further item");
  await edit(PAGE.file, "- No item\n", "", null);
  await page.getByText("No item").waitFor({ state: "detached" });
  await edit(PAGE.file, "  - Nested in it", "  - Nested in it\n  - And deeper", "And deeper");
  await asIfLoaded(page, another);
});

test("any of many edits gives the page that loading gives", async (t) => {
  const { page, server, another } = await open(t);
  await mark(page);
  const blocks = (text) => text.split("\n\n");
  let seed = 7;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 12; round += 1) {
    await server.edit(PAGE.file, (text) => {
      // The first five blocks are the head and what has to stay, the last hundred characters what links to it.
      const all = blocks(text);
      for (let change = 0; change < 3; change += 1) {
        const index = 5 + random(8);
        const kind = random(3);
        if (kind === 0) all.splice(index, 0, `Block ${round}-${change} with \`code\`.`);
        else if (kind === 1 && /^(Block|>|\d)/.test(all[index])) all.splice(index, 1);
        else all[index] = all[index].replace(/\w+$/, (word) => `${word} ${round}`);
      }
      return `${all.join("\n\n")}\n\nRound ${round}.\n`;
    });
    await page.getByText(`Round ${round}.`, { exact: true }).waitFor();
    await asIfLoaded(page, another);
  }
  assert.ok(await unreloaded(page));
});
