// The page of all practice begins with what to do next and why, the criteria by which somebody is ready, what is weak, what was
// practised and what is covered: from what was done on other pages, in words as in pictures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");

for (const from of ["the web", "disk"]) {
  test(`from nothing to a review and a card, from ${from}`, async (t) => {
    const { page, url, complaints } = await open(t);
    const go = (path) => page.goto((from === "disk" ? fileUrl : url)(path));
    await page.clock.install({ time: NOON });
    await go(PAGES.practice);
    const standing = page.locator(".standing");
    await standing.getByText("a short one to begin with").waitFor();
    assert.equal(await standing.getByText("open", { exact: true }).count(), 3, "no criterion is met yet, and of what the book has nothing for there is none");
    assert.equal(await standing.locator("svg").count(), 0, "nothing is drawn of nothing");

    await go(PAGES.exercises);
    const review = page.locator("#refunds");
    for (const [line, said] of [[3, "0 of 2 found"], [7, "1 of 2 found"]]) {
      await review.getByRole("button", { name: "Start the clock" }).click();
      await page.clock.runFor(60_000);
      await review.locator(`.line[data-line="${line}"]`).click();
      await review.getByRole("button", { name: "Done" }).click();
      await review.locator(".clock-result", { hasText: said }).waitFor();
      assert.equal(await review.getByText("class right").count() > 0, line === 7, "of nothing found nothing was right");
    }
    await go(PAGES.practice);
    await standing.getByText("The flaws of a review in 5 to 10 minutes").waitFor();
    await standing.getByText(/last time 1:0\d, \d of \d/).waitFor();
    const practised = standing.getByText("2 min on 1 of the last 14 days.", { exact: true });
    await practised.waitFor();
    const pictures = await standing.getByRole("img").evaluateAll((all) => all.map((picture) => picture.getAttribute("aria-label")));
    assert.equal(pictures.length, 2);
    assert.match(pictures[0], /^2 min on 1 of the last 14 days\.$/);
    assert.match(pictures[1], /^One after another: \d+ %, \d+ %\.$/);
    assert.match(await standing.locator(".standing-part", { hasText: "Weakest areas" }).innerText(), /\d+ % right, of 1 that you did/);
    await standing.getByText("What you have done of each chapter").click();
    assert.match(await standing.locator(".covered").first().innerText(), /Practice\s+1 of \d+ done/);
    assert.deepEqual(complaints, []);
  });
}

test("a clock that runs and cards that are due come first, also at 320 pixels", async (t) => {
  const { page, url } = await open(t, { viewport: NARROW });
  await page.clock.install({ time: NOON });
  await page.goto(url(PAGES.exercises));
  await page.evaluate(() => {
    prepbook.platform.keeper.set("cards", "boundaries", { due: Date.now() - 1000, last: 1, first: 1, rests: 0, stability: 1, difficulty: 5, days: 1, step: 0, reps: 2, lapses: 1, state: 2 });
  });
  await page.locator("#model-it").getByRole("button", { name: "Start the clock" }).click();
  await page.goto(url(PAGES.practice));
  const next = page.locator(".standing-part ol > li");
  await page.getByText("its clock is running").waitFor();
  const said = await next.allInnerTexts();
  assert.match(said[0], /its clock is running/);
  assert.match(said[1], /^1 card is due so that nothing is forgotten/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});
