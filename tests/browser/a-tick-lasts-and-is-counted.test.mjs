// What is ticked off stays ticked, in every tab, on the web as from a disk; the list says how far the reader is, and so does the
// page of all there is to practise, by phase and for the book.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const list = (page) => page.getByRole("region", { name: "Thirty minutes before" });
const box = (page, name) => list(page).getByRole("checkbox", { name });

for (const from of ["the web", "disk"]) {
  test(`from ${from}`, async (t) => {
    const { page, url, another, complaints } = await open(t);
    const address = from === "disk" ? fileUrl : url;
    await page.goto(address(PAGES.exercises));
    await box(page, "Say the parts").check();
    await list(page).getByText("1 of 2 done").waitFor();
    await page.reload();
    assert.deepEqual([await box(page, "Share").isChecked(), await box(page, "Say the parts").isChecked()], [false, true]);

    const other = await another();
    await other.goto(address(PAGES.exercises));
    await box(other, "Share").check();
    await list(page).getByText("2 of 2 done").waitFor();
    assert.ok(await box(page, "Share").isChecked());
    await box(page, "Share").uncheck();
    await list(other).getByText("1 of 2 done").waitFor();

    await other.goto(address(PAGES.practice));
    await other.getByRole("row", { name: "Thirty minutes before" }).getByText("1 of 2 done").waitFor();
    await other.getByText("interview day: 1 of 2 done").waitFor();
    await other.getByText("All checklists begun: 1 of 2 done").waitFor();
    await list(page).getByRole("button", { name: "Untick all" }).click();
    assert.equal(await list(page).getByRole("checkbox", { checked: true }).count(), 0);
    assert.ok(await box(page, "Share").evaluate((element) => element === document.activeElement));
    await other.getByText("All checklists begun").waitFor({ state: "hidden" });
    assert.deepEqual(complaints, []);
  });
}
