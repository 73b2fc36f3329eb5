// Writes stories on the page for them, as a reader does, for the tests that need some.
import { PAGES } from "./site.mjs";

const times = (words, count) => Array(count).fill(words).join(" ");

/** One that lacks nothing. */
export const WHOLE = {
  title: "The key in the log",
  principles: ["Earn Trust", "Dive Deep"],
  situation: times("A build of a payments company printed a signing key.", 11),
  task: times("I was on call, and I had to replace it.", 7),
  action: times("I searched the logs and told the team what I knew.", 26),
  result: "The key was replaced in 9 hours. " + times("Nobody waited, and no refund was refused that week.", 9),
  learning: "I ask what a replacement would break.",
  metrics: "Time to replace a key: 3 days to 9 hours, from the tracker\nKeys in logs: 23 to 0 in a year, from the check",
};

/** The editor of the story with that title, which is open. */
export const editor = (page, title) => page.locator(".own-story", { has: page.locator(".own-title", { hasText: title }) });

/** Begins a story and writes what is given of it. */
export async function write(page, { title, principles = [], ...texts }) {
  await page.getByRole("button", { name: "Write a story" }).click();
  const story = page.locator(".own-story[open]").last();
  await story.getByRole("textbox", { name: "Title" }).fill(title);
  for (const principle of principles) await story.getByRole("checkbox", { name: principle }).check();
  for (const [name, text] of Object.entries(texts)) await story.locator(`textarea[name="${name}"]`).fill(text);
  return editor(page, title);
}

/** The page with a story that lacks nothing. */
export async function withStory({ page, url }, address = url) {
  await page.goto(address(PAGES.stories));
  return write(page, WHOLE);
}

/** What is kept of stories, in the reader's order. */
export function kept(page) {
  return page.evaluate(() => Object.entries(localStorage)
    .filter(([key]) => key.startsWith("prepbook.browser-tests.practice.stories."))
    .map(([, value]) => JSON.parse(value)[1])
    .sort((one, other) => one.place - other.place));
}
