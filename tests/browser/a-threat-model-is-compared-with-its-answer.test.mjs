// While the clock of a threat model runs there is a sheet for places and for threats by letter, and nothing tells what is to be
// found. Then the model answer stands beside it: what of it one had is guessed, ticked and counted, and kept as an attempt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");

async function opened(t, { from = "the web", page: path = PAGES.modelled, drill: selector = "#returns-drill", ...options } = {}) {
  const all = await open(t, options);
  const { page, url } = all;
  await page.clock.install({ time: NOON });
  await page.goto((from === "disk" ? fileUrl : url)(path));
  await page.clock.pauseAt(new Date(NOON.getTime() + 10_000));
  const drill = page.locator(selector);
  const button = (name) => drill.getByRole("button", { name, exact: typeof name === "string" });
  const line = drill.getByRole("textbox", { name: "Name", exact: true });
  const places = drill.locator(".sheet-grid [role=rowheader]");
  const cell = (letter, place) => button(new RegExp(`^${letter}( \\d+ threats?)?: [^,]*, ${place}$`));
  return {
    ...all,
    drill,
    button,
    cell,
    line,
    places,
    start: () => button("Start the clock").click(),
    done: () => button("Done").click(),
    /** Places in their order, as they are typed. */
    async put(...lines) {
      for (const [name, inside, kind] of lines) {
        if (kind) await drill.getByLabel("Kind").selectOption(kind);
        if (inside !== undefined) await drill.getByLabel("Inside boundary").fill(inside);
        await line.fill(name);
        await line.press("Enter");
      }
    },
    async threat(letter, place, ...texts) {
      await cell(letter, place).click();
      for (const text of texts) {
        await page.keyboard.insertText(text);
        await page.keyboard.press("Enter");
      }
      await page.keyboard.press("Enter");
    },
    titles: () => places.allInnerTexts(),
    box: (id) => drill.getByRole("checkbox", { name: new RegExp(`^\\d ${id} `) }),
    row: (id) => drill.locator(`.beside > li:has(input[value="${id}"]) .own`),
    attempts: () => page.evaluate(() => prepbook.platform.keeper.log("attempts").then((log) => Object.values(log).map(({ item, score, sheet }) => ({ item, score, threats: sheet?.threats.length })))),
  };
}

for (const from of ["the web", "disk"]) {
  test(`a system is modelled and compared, from ${from}`, async (t) => {
    const { page, drill, cell, start, done, put, threat, titles, box, row, complaints } = await opened(t, { from });
    const hidden = drill.locator(".drill-success, .drill-rubric, .answer, .drawing");
    assert.equal(await drill.locator(".modelling").count(), 0);
    await start();
    for (const part of await hidden.all()) assert.ok(!(await part.isVisible()));
    assert.ok(await drill.getByText("Customers send parcels back").isVisible());
    await put(["Browser", "", "External"], ["Returns API", "Shop", "Process"], ["Payout", "Payments"], ["bro -> api"]);
    assert.deepEqual(await titles(), ["Browser External", "Returns API Process, Shop", "Payout Process, Payments", "Browser → Returns API Flow, crosses Shop"]);
    await threat("I", "Browser → Returns API", "changes the order number, reads addresses");
    await threat("T", "Payout", "message comes twice", "amount is negative");
    await cell("T", "Payout").getByText("T 2").waitFor();
    assert.ok(await cell("T", "Payout").evaluate((element) => element === document.activeElement));

    await page.clock.fastForward(600_000);
    await cell("R", "Payout").click();
    await page.keyboard.insertText("nobody knows who paid");
    await page.reload();
    await page.clock.runFor(1000);
    assert.equal((await titles()).length, 4);
    await cell("R", "Payout").getByText("R 1").waitFor();
    for (const part of await hidden.all()) assert.ok(!(await part.isVisible()), "also after a reload");
    await cell("T", "Payout").click();
    await drill.getByRole("listitem").filter({ hasText: "amount is negative" }).getByRole("button", { name: "Remove" }).click();
    await cell("T", "Payout").getByText("T 1").waitFor();
    await page.keyboard.insertText("account in the message is changed");

    await done();
    await drill.getByText("3 of 7 threats of the model, 3 of its first 5, 1 beyond it.").waitFor();
    assert.equal(await drill.locator(".modelling").count(), 0);
    assert.ok(await drill.locator(".drawing").isVisible(), "the answer is open");
    await drill.locator(".clock").getByText(/You took 10:\d\d, of 20:00\. Now tick what of the model you had\./).waitFor();
    for (const id of ["R1", "R2", "R3"]) assert.ok(await box(id).isChecked(), id);
    assert.match(await row("R1").innerText(), /I Browser → Returns API: changes the order number/);
    assert.match(await row("R2").innerText(), /account in the message is changed/);
    await drill.getByText("Tampering: 2 of 3").waitFor();
    await drill.getByText("Repudiation: 0 of 2").waitFor();
    await drill.getByText("Internet edge: 1 of 2").waitFor();
    await drill.getByText("At no boundary: 0 of 1").waitFor();
    await drill.getByText("The first 5: 3 of 5").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("what was had is ticked, and kept with the attempt", async (t) => {
  const { page, drill, button, start, done, put, places, threat, box, row, attempts, complaints } = await opened(t);
  await start();
  await put(["Payout", "Payments", "Process"]);
  await threat("T", "Payout", "message comes twice", "account in the message is changed");
  await threat("R", "Payout", "nobody knows who paid");
  await done();
  await drill.getByText("2 of 7 threats of the model, 2 of its first 5, 1 beyond it.").waitFor();
  await box("R4").check();
  await box("R3").uncheck();
  await drill.getByText("2 of 7 threats of the model, 2 of its first 5, 2 beyond it.").waitFor();
  const beyond = drill.locator(".verdict div:has(> .part-label:text-is('Yours, beyond the model'))");
  assert.deepEqual((await beyond.getByRole("listitem").allInnerTexts()).map((text) => text.split("\n")[0].trim()).sort(), ["R Payout: nobody knows who paid", "T Payout: message comes twice"]);
  const choice = beyond.getByRole("combobox", { name: /nobody knows who paid/ });
  assert.match(await choice.locator('[value="R7"]').textContent(), /^R7 \p{L}+ \p{L}+/u, "in words");
  await choice.selectOption("R7");
  await drill.getByText("3 of 7 threats of the model, 2 of its first 5, 1 beyond it.").waitFor();
  assert.match(await row("R7").innerText(), /nobody knows who paid/);
  assert.ok(await drill.getByRole("combobox", { name: /nobody knows who paid/ }).evaluate((element) => element === document.activeElement));

  await page.reload();
  await drill.getByText("3 of 7 threats of the model").waitFor();
  assert.ok(await box("R4").isChecked());
  await box("R5").check();
  await drill.getByText("4 of 7 threats of the model").waitFor();
  await page.waitForFunction(() => prepbook.platform.keeper.log("attempts").then((log) => Object.values(log)[0]?.score?.found === 4));
  assert.deepEqual(await attempts(), [{ item: "returns-drill", score: { found: 4, of: 7, top: 3, tops: 5, beyond: 1 }, threats: 3 }]);

  await page.clock.fastForward(3_600_000);
  await button("Start again").click();
  assert.equal(await places.count(), 0);
  for (const part of await drill.locator(".verdict, .reports, .answer").all()) assert.ok(!(await part.isVisible()));
  await put(["Payout"]);
  await threat("D", "Payout", "same message twice");
  await done();
  await drill.getByText("1 of 7 threats of the model, 1 of its first 5, 0 beyond it.").waitFor();
  const earlier = drill.locator(".report");
  await earlier.first().waitFor();
  assert.equal(await earlier.count(), 1);
  await earlier.getByText("4 of 7, 3 of the first 5").click();
  assert.match(await earlier.innerText(), /nobody knows who paid\s+R7/);
  await button("Put it away").click();
  assert.equal(await drill.locator(".verdict").count(), 0);
  assert.ok(await button("Start the clock").evaluate((element) => element === document.activeElement));
  await earlier.nth(1).waitFor();
  assert.deepEqual(complaints, []);
});

test("by keyboard alone", async (t) => {
  const { page, drill, button, cell, line, put, titles, box } = await opened(t);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await button("Start the clock").press("Enter");
  for (let stops = 0; !(await line.evaluate((field) => field === document.activeElement)); stops += 1) {
    assert.ok(stops < 8, "the line is near the clock");
    await press("Tab");
  }
  await page.keyboard.insertText("Browser");
  await press("Enter");
  await page.keyboard.insertText("API");
  await press("Tab", "Tab", "ArrowDown", "Tab");
  await page.keyboard.insertText("Shop");
  await press("Enter");
  await page.keyboard.insertText("bro -> api");
  await press("Enter");
  assert.deepEqual(await titles(), ["Browser External", "API Process, Shop", "Browser → API Flow, crosses Shop"]);
  const isOn = (locator) => locator.evaluate((element) => element === document.activeElement);
  await press("Tab", "Tab", "Tab", "Tab", "Tab");
  assert.ok(await isOn(button("Browser External")), "one stop for the whole grid");
  await press("ArrowDown", "ArrowDown", "End");
  assert.ok(await isOn(cell("E", "Browser → API")));
  await press("ArrowUp", "ArrowLeft", "Enter");
  await page.keyboard.insertText("too many requests");
  await press("Enter", "Enter");
  assert.ok(await isOn(cell("D", "API")), "an empty line leads back");
  await press("s");
  assert.ok(await isOn(drill.getByLabel("Spoofing: API")));
  await page.keyboard.insertText("stolen session");
  await press("Escape");
  assert.ok(await isOn(cell("S", "API")));
  assert.equal(await cell("S", "API").innerText(), "S 1", "what was typed is kept");
  await press("Home", "Enter");
  await page.keyboard.insertText("Returns ");
  await press("Escape");
  assert.equal((await titles())[1], "API Process, Shop", "a place stays as it was");
  await cell("S", "API").focus();
  await press("Home", "Enter", "Home");
  await page.keyboard.insertText("Returns ");
  await press("Enter");
  assert.deepEqual((await titles()).slice(1), ["Returns API Process, Shop", "Browser → Returns API Flow, crosses Shop"]);
  await button(/^Browser External/).focus();
  await press("Enter");
  await button("Remove it, and its threats").press("Enter");
  assert.equal((await titles()).length, 2);
  assert.ok(await isOn(line));
  await put(["Left in the line"]);
  await page.keyboard.insertText("Typed last");
  await button("Done").press("Enter");
  await box("R5").press("Space");
  await drill.getByText("1 of 7 threats").or(drill.getByText("0 of 7 threats")).waitFor();
});

test("on the narrowest screen", async (t) => {
  const { page, button, cell, line, start, done, put, threat, drill } = await opened(t, { viewport: NARROW });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await start();
  await put(["A very long name of a process that somebody types in a hurry", "Ourverylongaccountwithoutasinglespace", "Process"], ["Store"]);
  await line.fill("very");
  await button("An arrow, for a flow").click();
  await page.keyboard.insertText("sto");
  await button("Add").click();
  await threat("E", "Store", "averylongwordthatnobodywouldeverwriteinathreatmodelbutwhoknows");
  await cell("E", "Store").click();
  assert.ok(await fits());
  for (const letter of "STRIDE") {
    const { width, height } = await cell(letter, "Store").boundingBox();
    assert.ok(width >= 24 && height >= 24, `${letter}: ${width} by ${height}`);
  }
  await done();
  await drill.locator(".beside").waitFor();
  assert.ok(await fits());
});

test("where nothing can be kept it works for as long as the page is open", async (t) => {
  const { page, drill, button, places, start, done, put, threat, box, complaints } = await opened(t, {
    init: () => {
      for (const area of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, area, { get: () => { throw new DOMException("no", "SecurityError"); } });
    },
  });
  const slip = page.getByRole("complementary", { name: "Not kept" });
  assert.equal(await slip.count(), 0, "not before there is something to keep");
  await start();
  assert.equal(await slip.count(), 1);
  await put(["Payout"]);
  await threat("T", "Payout", "message comes twice");
  await done();
  await drill.getByText("1 of 7 threats").waitFor();
  await box("R1").check();
  await drill.getByText("2 of 7 threats").waitFor();
  await button("Start again").click();
  assert.equal(await places.count(), 0);
  assert.deepEqual(complaints, []);
});

test("who writes elsewhere ticks, who only wanted the clock has no score, and what is forgotten leaves nothing", async (t) => {
  const { page, drill, button, line, places, start, done, put, box, attempts } = await opened(t);
  await start();
  await done();
  await drill.getByText("0 of 7 threats").waitFor();
  await page.waitForFunction(() => prepbook.platform.keeper.log("attempts").then((log) => Object.keys(log).length === 1));
  assert.equal((await attempts())[0].score, undefined);
  await box("R3").check();
  await page.waitForFunction(() => prepbook.platform.keeper.log("attempts").then((log) => Object.values(log)[0].score?.found === 1));
  await button("Put it away").click();
  await start();
  await put(["Payout"]);
  await line.fill("half a na");
  await button("Forget it").click();
  assert.equal(await drill.locator(".verdict, .modelling").count(), 0);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(".sheets.")).length), 0);
  await start();
  assert.equal(await places.count(), 0);
  assert.equal(await line.inputValue(), "");
});

test("a model is an exercise of its own, and waits while a drill that leads to it runs", async (t) => {
  const { page, drill: model, start, done, box, complaints } = await opened(t, { page: PAGES.exercises, drill: "#tm-upload" });
  const parts = model.locator(".drawing, .risks, .coverage");
  assert.ok(await model.locator(".drawing").isVisible());
  await start();
  for (const part of await parts.all()) assert.ok(!(await part.isVisible()));
  assert.ok(await model.getByText("Members upload documents, and agents open them.").isVisible());
  await done();
  await box("U1").waitFor();
  assert.ok(await model.locator(".drawing").isVisible());

  const drill = page.locator("#model-it");
  await drill.getByRole("button", { name: "Start the clock" }).click();
  assert.ok(!(await model.locator(".drawing").isVisible()));
  await drill.getByRole("button", { name: "Done" }).click();
  assert.equal(await drill.locator(".beside > li").count(), 3);
  assert.ok(await model.locator(".drawing").isVisible());
  assert.deepEqual(complaints, []);
});

test("a model within a drill has one clock, and a drill with no model has no sheet", async (t) => {
  const { drill, page, done } = await opened(t, { drill: "#returns-aloud" });
  await page.locator("#returns-drill .answer > summary").click();
  assert.equal(await page.locator("#returns-drill").getByRole("button", { name: "Start the clock" }).count(), 1);
  await drill.getByRole("button", { name: "Start the clock" }).click();
  assert.equal(await drill.locator(".modelling").count(), 0);
  assert.ok(await drill.locator("summary").isVisible());
  await done();
  assert.equal(await drill.locator(".verdict").count(), 0);
});

test("two tabs show one sheet", async (t) => {
  const { page, another, url, drill, start, put, done } = await opened(t);
  const other = await another();
  await other.goto(url(PAGES.modelled));
  await start();
  await put(["Payout"]);
  await other.locator("#returns-drill [role=rowheader]").getByText("Payout").waitFor();
  await done();
  await drill.locator(".beside").waitFor();
  await other.locator("#returns-drill .beside").waitFor();
  assert.equal(await other.locator(".modelling").count(), 0);
});
