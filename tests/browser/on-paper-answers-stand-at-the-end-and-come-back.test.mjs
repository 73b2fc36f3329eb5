// Printed with scripts, a page has its answers at the end, each with a number that stands in its place as well, so that whoever
// practises on paper can put them away; afterwards nothing has changed. Without scripts they are printed where they stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** The answers of the page in the order of reading: what each belongs to and what it is called. */
const ANSWERS = [
  ["What to ask", "Answer Whom it serves"],
  ["What to ask", "Answer"],
  ["Model the document service", "Answer"],
  ["Refunds of a shop", "What to find"],
  ["What is an insecure direct object reference?", "Outline of an answer"],
  ["What is an insecure direct object reference?", "Outline of an answer"],
  ["Where do you draw trust boundaries?", "Outline of an answer"],
  ["How do you keep input out of a query’s grammar?", "Outline of an answer"],
  ["The key in the build log", "Who was angry, and what did you tell them?"],
  ["The key in the build log", "The same story, badly told"],
  ["Remediation", "Signals to look for"],
];

const send = (page, type) => page.evaluate((type) => void dispatchEvent(new Event(type)), type);
const html = (page) => page.evaluate(() => document.querySelector("main").outerHTML);
/** Until the page is what it was: scripts that follow the reader or the size of things are told of it a moment later. */
const restored = (page, before) => page.waitForFunction((before) => document.querySelector("main").outerHTML === before, before);
const collected = (page) => page.locator(".collected").count();

async function exercises(t, options) {
  const opened = await open(t, options);
  await opened.page.goto(opened.url(PAGES.exercises));
  if (options?.scripts ?? true) await treeIsBuilt(opened.page);
  return opened;
}

test("each answer is at the end, with its number, its title and a link to its place, which leads back", async (t) => {
  const { page } = await exercises(t);
  await page.emulateMedia({ media: "print" });
  await page.locator(".collected").waitFor();
  const found = await page.locator(".collected > h3").evaluateAll((all) => all.map((heading, index) => {
    const link = heading.querySelector("a");
    const place = document.getElementById(link.hash.slice(1));
    const back = place.querySelector("a");
    return {
      number: heading.textContent.replace(link.textContent, "").trim(),
      owner: link.textContent,
      title: heading.nextElementSibling.querySelector("summary").textContent.trim(),
      back: document.getElementById(back.hash.slice(1)) === heading,
      said: back.textContent,
      inPlace: !place.closest(".collected") && place.closest(".content") !== null,
      kept: place.textContent.startsWith(heading.nextElementSibling.querySelector("summary").textContent),
      index,
    };
  }));
  assert.deepEqual(found.map(({ owner, title }) => [owner, title]), ANSWERS);
  found.forEach(({ number, back, said, inPlace, kept }, index) => {
    assert.equal(number, `Answer ${index + 1}, to`);
    assert.equal(said, `Answer ${index + 1}: at the end`);
    assert.ok(back && inPlace && kept);
  });
  assert.equal(await page.locator(".content:not(.collected) .answer").count(), 0);
  // Everything is readable: the answers are unfolded, and come after all else.
  for (const text of ["Members, then agents.", "In a drill's answer", "Any member reads what others have paid", "We fixed it all."]) {
    const said = page.getByText(text);
    assert.ok(await said.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })), text);
    assert.ok((await said.boundingBox()).y > (await page.getByText("Own a shop").boundingBox()).y, text);
  }
  assert.equal(await page.locator(".collected").evaluate((section) => getComputedStyle(section).breakBefore), "page");
});

test("no line of a review shows that it has a finding, even if the answer was open", async (t) => {
  const { page } = await exercises(t);
  await page.locator("summary", { hasText: "What to find" }).click();
  await page.emulateMedia({ media: "print" });
  await page.locator(".collected").waitFor();
  assert.equal(await page.locator(".review-code .bubble:visible").count(), 0);
  const grounds = await page.locator(".review-code .line").evaluateAll((all) => all.map((line) => getComputedStyle(line).backgroundColor));
  assert.equal(new Set(grounds).size, 1);
  assert.ok(await page.locator(".collected").getByText("Line 7", { exact: true }).isVisible());
});

test("a real print collects them, and puts everything back", async (t) => {
  const { page, complaints } = await exercises(t);
  await page.evaluate(() => {
    const answers = [...document.querySelectorAll(".answer")];
    answers[3].open = true;
    Object.assign(window, { answers, clicks: 0, seen: [] });
    answers[3].addEventListener("click", () => (clicks += 1));
    const note = () => seen.push([document.querySelectorAll(".collected").length, document.querySelectorAll(".content .answer").length]);
    addEventListener("beforeprint", note);
    addEventListener("afterprint", note);
  });
  await page.locator(".fixed-diff").waitFor({ state: "attached" }); // It comes from another page.
  const link = page.getByRole("link", { name: "Line 10", exact: true });
  await link.focus();
  await page.evaluate(() => scrollTo(0, document.activeElement.getBoundingClientRect().top + scrollY - 200));
  await page.locator(".outline [aria-current]", { hasText: "Review" }).waitFor();
  const state = () => page.evaluate(() => [scrollX, scrollY, document.activeElement.textContent, answers.map(({ open }) => open)]);
  const [before, place] = [await html(page), await state()];
  assert.ok(place[1] > 0);
  for (let times = 1; times <= 2; times += 1) {
    const pdf = await page.pdf();
    assert.ok(pdf.length > 10_000);
    assert.equal(await collected(page), 0);
    await restored(page, before);
    assert.deepEqual(await state(), place);
  }
  assert.deepEqual(await page.evaluate(() => seen), [[1, 11], [0, 11], [1, 11], [0, 11]]);
  // The same elements, with what listens to them.
  assert.ok(await page.evaluate(() => [...document.querySelectorAll(".answer")].every((answer, index) => answer === answers[index])));
  await page.getByText("Any member reads what others have paid").click();
  assert.equal(await page.evaluate(() => clicks), 1);
  assert.deepEqual(complaints, []);
});

test("answers are collected once, however often the browser tells of it", async (t) => {
  const { page } = await exercises(t);
  const before = await html(page);
  await send(page, "afterprint");
  assert.equal(await html(page), before);
  await send(page, "beforeprint");
  await send(page, "beforeprint");
  assert.equal(await collected(page), 1);
  // The preview comes and goes while the dialogue is open.
  await page.emulateMedia({ media: "print" });
  await page.emulateMedia({ media: "screen" });
  assert.equal(await collected(page), 1);
  assert.equal(await page.locator(".collected").isVisible(), false, "the page behind the dialogue shows nothing of it");
  await send(page, "afterprint");
  await send(page, "afterprint");
  await restored(page, before);
});

test("a browser that only changes the medium is enough", async (t) => {
  const { page } = await exercises(t);
  const before = await html(page);
  for (let times = 1; times <= 2; times += 1) {
    await page.emulateMedia({ media: "print" });
    await page.locator(".collected").waitFor();
    await page.emulateMedia({ media: "screen" });
    await page.locator(".collected").waitFor({ state: "detached" });
    await restored(page, before);
  }
});

test("an answer in an answer stays in it", async (t) => {
  const { page } = await exercises(t);
  await page.locator("details.answer").nth(1).evaluate((answer) => {
    answer.insertAdjacentHTML("beforeend", '<details class="answer"><summary>More</summary><p>The inner one.</p></details>');
  });
  await page.emulateMedia({ media: "print" });
  await page.locator(".collected").waitFor();
  assert.equal(await page.locator(".collected > h3").count(), ANSWERS.length);
  assert.ok(await page.getByText("The inner one.").evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })));
  assert.equal(await page.locator(".collected > .answer").nth(1).locator(".answer").count(), 1);
});

test("a page without answers is printed as it is", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.glossary));
  const before = await html(page);
  await send(page, "beforeprint");
  assert.equal(await html(page), before);
  await send(page, "afterprint");
  assert.deepEqual(complaints, []);
});

test("without scripts every answer is printed unfolded, in its place, with the numbers on the lines", async (t) => {
  const { page } = await exercises(t, { scripts: false });
  await page.emulateMedia({ media: "print" });
  assert.equal(await collected(page), 0);
  const folded = await page.locator(".answer > :not(summary)").evaluateAll((all) =>
    all.filter((element) => !element.checkVisibility({ contentVisibilityAuto: true }) || element.getBoundingClientRect().height === 0).length);
  assert.equal(folded, 0);
  const [answer, next] = [page.getByText("Members, then agents."), page.locator("#drill")];
  assert.ok((await answer.boundingBox()).y < (await next.boundingBox()).y);
  assert.equal(await page.locator(".review-code .bubble:visible").count(), 3);
});
