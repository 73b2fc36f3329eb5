// Readers write stories of their own in four parts, each with a counter in words and spoken time, and hear what is missing; each
// change is kept, in every tab; stories are put in order, deleted, had back. Their principles make a matrix that names the gaps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LAPTOP, NARROW, open } from "./browser.mjs";
import { WHOLE, editor, kept, withStory, write } from "./own-stories.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const titles = (page) => page.locator(".own-title").allInnerTexts();
const counter = (story, name) => story.locator(`[data-part="${name}"] .own-count`);
const lacks = (story) => story.locator(".own-checks li").allInnerTexts().then((all) => all.map((text) => text.replace("Go there", "").trim()));
const press = (story, name) => story.getByRole("button", { name, exact: true }).click();

for (const from of ["the web", "disk"]) {
  test(`from ${from}: written, counted, and there again after a reload`, async (t) => {
    const opened = await open(t);
    const { page, url, complaints, requests } = opened;
    const address = from === "disk" ? fileUrl : url;
    const story = await withStory(opened, address);
    assert.equal(await counter(story, "situation").innerText(), "110 words, 0:47 of 0:45");
    assert.equal(await counter(story, "result").innerText(), "95 words, 0:41 of 0:45");
    assert.equal(await story.locator(".own-sum").innerText(), "4:01 in all, of 3:00 to 4:15. “I” 67, “we” 0. Nothing is missing.");
    assert.equal(await story.locator(".own-status").innerText(), "4:01 · Written");
    const before = requests.length;
    await page.reload();
    assert.deepEqual(await titles(page), ["1. The key in the log"]);
    assert.equal(await story.getAttribute("open"), null, "folded");
    await story.locator("summary").click();
    for (const [name, text] of Object.entries(WHOLE).filter(([name]) => name !== "principles")) assert.equal(await story.locator(`[name="${name}"]`).inputValue(), text);
    assert.deepEqual(await story.getByRole("checkbox", { name: /Earn Trust|Dive Deep/ }).evaluateAll((boxes) => boxes.map(({ checked }) => checked)), [true, true]);
    assert.ok(requests.slice(before).every((request) => new URL(request).origin === new URL(address("")).origin && !request.includes("key")), "nothing leaves the browser");
    assert.deepEqual(complaints, []);
  });
}

test("what is missing is named at once, with a way to it", async (t) => {
  const opened = await open(t);
  const story = await withStory(opened);
  await story.locator('[name="situation"]').fill(WHOLE.situation + " word".repeat(40));
  assert.equal(await counter(story, "situation").innerText(), "150 words, 1:04 of 0:45, 19 words too many");
  await story.locator('[name="situation"]').fill("It broke.");
  assert.equal(await counter(story, "situation").innerText(), "2 words, 0:01 of 0:45, 61 words to go");
  assert.equal(await story.locator(".own-status").innerText(), "3:15 · Outline");
  await story.locator('[name="situation"]').fill(WHOLE.situation);
  await story.locator('[name="task"]').fill(WHOLE.task + " Then we went on.");
  await story.locator('[name="result"]').fill(WHOLE.result.replace("9 hours", "hours"));
  await story.locator('[name="metrics"]').fill("Less trouble");
  await story.getByRole("checkbox", { name: "Earn Trust" }).uncheck();
  await story.getByRole("checkbox", { name: "Dive Deep" }).uncheck();
  assert.deepEqual(await lacks(story), ["It serves no principle yet.", "“We” acts once: say who did it.", "There is no number in the result.",
    "Numbers with where they come from: 1 of 2.", "A line of the numbers has no number."]);
  await story.getByRole("listitem").filter({ hasText: "“We” acts once" }).getByRole("button").click();
  assert.deepEqual(await opened.page.evaluate(() => {
    const { name, value, selectionStart, selectionEnd } = document.activeElement;
    return [name, value.slice(selectionStart, selectionEnd)];
  }), ["task", "we"]);
});

test("a text has its room, and nothing jumps while it grows", async (t) => {
  const opened = await open(t);
  const { page } = opened;
  const story = await withStory(opened);
  const field = story.locator('[name="action"]');
  const fits = () => field.evaluate(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight);
  assert.ok(await fits());
  await field.focus();
  await field.evaluate((area) => area.setSelectionRange(0, 0));
  await page.keyboard.type("So. "); // Which scrolls there.
  const top = () => field.evaluate((area) => area.getBoundingClientRect().top);
  const before = await top();
  for (let line = 0; line < 4; line += 1) {
    await page.keyboard.type("One line more, and then one more, so that it is a long one.\n");
    assert.ok(await fits());
    assert.equal(await top(), before);
  }
});

test("two tabs are in step, and the one that is written in keeps its place", async (t) => {
  const opened = await open(t);
  const { page, another, url } = opened;
  const story = await withStory(opened);
  const other = await another();
  await other.goto(url(PAGES.stories));
  const same = editor(other, WHOLE.title);
  await same.locator("summary").click();
  const [field, theirs] = [story, same].map((place) => place.locator('[name="task"]'));
  await field.focus();
  await field.evaluate((area) => area.setSelectionRange(2, 2));
  await same.locator('[name="result"]').fill("It took 3 days.");
  await story.locator('[name="result"]').evaluate((area) => new Promise((done) => {
    const look = () => (area.value === "It took 3 days." ? done() : setTimeout(look, 20));
    look();
  }));
  await page.keyboard.type("really ");
  assert.match(await field.inputValue(), /^I really was on call/);
  await theirs.evaluate((area) => new Promise((done) => {
    const look = () => (area.value.startsWith("I really was") ? done() : setTimeout(look, 20));
    look();
  }));
  assert.deepEqual((await kept(page)).map(({ task, result }) => [task.slice(0, 8), result]), [["I really", "It took 3 days."]]);
  await press(same, "Delete");
  await story.waitFor({ state: "detached" });
  await other.getByRole("button", { name: "Undo" }).click();
  await story.waitFor();
});

test("stories are put in order, deleted and had back, with the focus where it was", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.stories));
  for (const title of ["One", "Two", "Three"]) {
    const story = await write(page, { title, principles: ["Dive Deep"] });
    await story.locator("summary").click();
  }
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  const two = editor(page, "Two");
  await two.locator("summary").click();
  await press(two, "Up");
  assert.deepEqual(await titles(page), ["1. Two", "2. One", "3. Three"]);
  assert.equal(await focused(), "Down", "it goes no further up");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "Down");
  await page.keyboard.press("Enter");
  assert.deepEqual(await titles(page), ["1. One", "2. Three", "3. Two"]);
  assert.equal(await focused(), "Up");
  await page.reload();
  assert.deepEqual(await titles(page), ["1. One", "2. Three", "3. Two"]);
  await editor(page, "Three").locator("summary").click();
  await press(editor(page, "Three"), "Delete");
  assert.deepEqual(await titles(page), ["1. One", "2. Two"]);
  assert.match(await focused(), /^Deleted: “Three”\.(?!\.)/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.deepEqual(await titles(page), ["1. One", "2. Three", "3. Two"]);
  assert.match(await focused(), /^2\. Three/);
  assert.equal(await page.getByText("Deleted:").count(), 0);
});

test("the matrix shows which story serves which principle, and the gaps are named", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.stories));
  const gaps = () => page.locator(".own-gaps p").allInnerTexts();
  const rows = () => page.locator(".own-matrix tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.querySelector("[aria-label='served']") ? "+" : cell.textContent)));
  assert.match((await gaps())[0], /^Nothing is written yet/);
  await page.locator('[data-principle="dive-deep"]').getByRole("button", { name: "Write one for it" }).click();
  assert.ok(await page.getByRole("textbox", { name: "Title" }).evaluate((field) => field === document.activeElement));
  await page.keyboard.type("Counted");
  assert.deepEqual(await gaps(), ["No story yet: Earn Trust", "One story only: Dive Deep"]);
  assert.deepEqual(await rows(), [["Principle", "Stories", "1"], ["Earn Trust", "none", ""], ["Dive Deep", "1", "+"]]);
  await write(page, { title: "Told", principles: ["Dive Deep", "Earn Trust"], situation: "It broke. Then it went on.", metrics: "3 to 2" });
  assert.deepEqual(await gaps(), ["One story only: Earn Trust"]);
  assert.deepEqual(await rows(), [["Principle", "Stories", "1", "2"], ["Earn Trust", "1", "", "+"], ["Dive Deep", "2", "+", "+"]]);
  assert.equal(await page.locator('[data-principle="earn-trust"] .told ol').innerText(), "Told It broke.\n3 to 2");
  await page.reload();
  await page.locator(".own-matrix").getByRole("link", { name: "2. Told" }).click();
  await editor(page, "Told").getByRole("textbox", { name: "Title" }).waitFor();
});

test("a story that serves more principles than it can carry is named", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.stories));
  await write(page, { title: "All of them", principles: ["Dive Deep", "Earn Trust"] });
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.includes(".stories."));
    const [version, story] = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify([version, { ...story, principles: [...story.principles, "think-big", "frugality"] }]));
  });
  await page.reload();
  await page.getByText("Serves too many: All of them").waitFor();
  const story = editor(page, "All of them");
  await story.locator("summary").click();
  await story.getByText("It serves 4 principles").waitFor();
  await story.getByRole("checkbox", { name: "Dive Deep" }).uncheck();
  assert.deepEqual((await kept(page))[0].principles, ["earn-trust", "think-big", "frugality"], "those that the book has no longer are kept");
});

test("where nothing is kept, writing goes on and a slip says so", async (t) => {
  const { page, url, complaints } = await open(t, {
    init: () => {
      for (const area of ["localStorage", "sessionStorage", "indexedDB"]) {
        Object.defineProperty(window, area, {
          get() {
            throw new DOMException("refused", "SecurityError");
          },
        });
      }
    },
  });
  await page.goto(url(PAGES.stories));
  const slip = page.getByRole("complementary", { name: "Not kept" });
  assert.equal(await slip.count(), 0);
  const story = await write(page, WHOLE);
  assert.match(await slip.innerText(), /keeps nothing for this book/);
  await slip.getByRole("button", { name: "Close" }).click();
  assert.match(await story.locator(".own-sum").innerText(), /Nothing is missing\.$/);
  await press(story, "Delete");
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await editor(page, WHOLE.title).locator('[name="task"]').inputValue(), WHOLE.task);
  assert.deepEqual(complaints, []);
});

test("without scripts there are prompts, and sheets to print", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.stories));
  await page.getByRole("heading", { name: "Dive Deep" }).waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  assert.equal(await page.getByRole("textbox").count(), 0);
  await page.getByText("Writing here takes scripts").getByRole("link", { name: "Story sheets" }).click();
  await page.waitForURL(/print-stories\.html$/);
});

test("a story that is written fits a phone, and all of it is reached by keyboard", async (t) => {
  const opened = await open(t, { viewport: NARROW });
  const story = await withStory(opened);
  const { page } = opened;
  await write(page, { title: "A title that has words of some length, such as responsibilities", principles: ["Dive Deep"] });
  const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= view, `${content} pixels wide`);
  const stops = story.locator("summary, button:enabled, input, textarea");
  await story.locator("summary").focus();
  for (const stop of (await stops.all()).slice(1)) {
    await page.keyboard.press("Tab");
    assert.ok(await stop.evaluate((element) => element === document.activeElement), await stop.evaluate(({ outerHTML }) => outerHTML.slice(0, 100)));
  }
});

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
for (const [colours, options] of Object.entries({ light: { theme: "light" }, dark: { theme: "dark" }, "high contrast": { contrast: "more" } })) {
  test(`axe finds nothing in stories that are written, with gaps, and rehearsed, ${colours}`, async (t) => {
    const opened = await open(t, { ...options, viewport: LAPTOP });
    const { page } = opened;
    const story = await withStory(opened);
    await story.locator('[name="situation"]').fill("We did it. ".repeat(60));
    await (await write(page, { title: "Another" })).locator("summary").click();
    await press(await write(page, { title: "A third" }), "Delete");
    const findings = async () => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
    };
    for (const size of [LAPTOP, NARROW]) {
      await page.setViewportSize(size);
      assert.deepEqual(await findings(), [], `${size.width} pixels`);
    }
    await press(story, "Rehearse by the clock");
    assert.deepEqual(await findings(), []);
  });
}
