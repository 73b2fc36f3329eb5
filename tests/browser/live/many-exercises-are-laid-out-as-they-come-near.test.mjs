// A list of hundreds of exercises costs a page nothing until a reader comes near, and can be searched, walked through, printed
// and linked into all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./live.mjs";

const FILE = "guide/2-practice/9-many.md";
const question = (_, number) => `:::question[Question number ${number}?]{#q-${number} topic=code-review level=easy}
**Outline.**

- The server takes an id from the request and never checks that this caller may use it
- Its test takes two accounts of your own, and each asks for what the other has

**Wrong.** Ids that can be guessed.
:::
`;
const skipped = (page) => page.evaluate(() => !document.querySelector(".many > [data-kind=question]").checkVisibility({ contentVisibilityAuto: true }));

test("from an address, by keys and on paper", async (t) => {
  const before = (server) => server.edit(FILE, `# Many\n\n${Array.from({ length: 60 }, question).join("\n")}`);
  const { page, url, complaints } = await open(t, { before });
  await page.goto(url("practice.html"));
  await page.locator(".many > [data-kind=question]").waitFor({ state: "attached" });
  assert.ok(await skipped(page), "what is far away is not laid out");
  await page.goto(url("practice.html#question-code-review"));
  await page.waitForFunction(() => {
    const { top } = document.getElementById("question-code-review").getBoundingClientRect();
    return top >= 0 && top < innerHeight / 2;
  });
  assert.ok(!await skipped(page));
  const last = page.getByRole("link", { name: "Question number 59?" });
  await page.getByRole("link", { name: "Question number 58?" }).focus();
  await page.keyboard.press("Tab");
  assert.ok(await last.evaluate((link) => {
    const { top, bottom } = link.getBoundingClientRect();
    return link === document.activeElement && top > 0 && bottom < innerHeight;
  }));
  await page.evaluate(() => scrollTo(0, 0));
  await page.emulateMedia({ media: "print" });
  assert.ok(!await skipped(page), "on paper everything is");
  assert.deepEqual(complaints, []);
});
