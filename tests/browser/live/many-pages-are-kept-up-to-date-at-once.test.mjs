// A browser gives a server six connections. More pages than that are kept up to date, and none keeps another from loading.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, SECOND, open } from "./live.mjs";

test("nine pages in view of one another", async (t) => {
  const { page, another, edit, url } = await open(t);
  const pages = [page];
  while (pages.length < 9) {
    const next = await another();
    await next.goto(url(pages.length % 2 ? PAGE.path : SECOND.path));
    pages.push(next);
  }
  await edit(PAGE.file, "A paragraph with", "One paragraph with", null);
  await edit(SECOND.file, "Something to come back from", "Something else to come back from", null);
  for (const [index, one] of pages.entries()) {
    await one.getByText(index === 0 || index % 2 ? "One paragraph with" : "Something else to come back from").waitFor();
  }
  // A place that is given up is taken by another.
  await Promise.all(pages.slice(0, 4).map((one) => one.close()));
  const places = () => pages[8].evaluate(async () => (await navigator.locks.query()).held.length);
  for (let tries = 0; (await places()) < 4 && tries < 50; tries += 1) await pages[8].waitForTimeout(100);
  assert.equal(await places(), 4);
});
