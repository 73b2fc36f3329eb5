// A page is read aloud by a voice of this device, the sentence marked in the text as it is said: pause, speed, paragraphs to and
// fro, and on from where it stopped, also days later. Code is named, and what is folded stays unsaid.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";
import { GERMAN, OTHER, OWN, REMOTE, end, saying, withVoices } from "./voices.mjs";

async function started(t, { voices = [GERMAN, REMOTE, OWN, OTHER], init = "", viewport } = {}) {
  const opened = await open(t, { viewport });
  const { page, url } = opened;
  await page.addInitScript(withVoices(voices) + init);
  await page.goto(url(PAGES.page));
  await page.locator(".page-header").getByRole("button", { name: "Read aloud" }).click();
  const bar = page.getByRole("complementary", { name: "Reading aloud" });
  await bar.waitFor();
  return { ...opened, bar, press: (name) => bar.getByRole("button", { name }).click() };
}
const marked = (page) => page.evaluate(() => [...(CSS.highlights.get("spoken") ?? [])].map(String).join());

/** All that is said from here on. */
async function rest(page) {
  const all = [];
  for (let now; (now = await saying(page)); await end(page)) all.push(now.text);
  return all;
}

test("nothing of it is loaded before it is asked for", async (t) => {
  const { page, url, requests } = await open(t);
  await page.goto(url(PAGES.page));
  const button = page.locator(".page-header").getByRole("button", { name: "Read aloud" });
  await button.hover();
  await button.focus();
  assert.deepEqual(requests.filter((request) => request.includes("/voice-")), []);
  await button.click();
  await page.getByRole("complementary", { name: "Reading aloud" }).waitFor();
  assert.equal(requests.filter((request) => request.includes("/voice-")).length, 2, "its script and its styles");
});

for (const from of ["the web", "disk"]) {
  test(`from the heading to the end, from ${from}`, async (t) => {
    const { page, url, complaints } = await open(t);
    await page.addInitScript(withVoices([OWN]));
    await page.goto((from === "disk" ? fileUrl : url)(PAGES.page));
    await page.locator(".page-header").getByRole("button", { name: "Read aloud" }).click();
    await page.getByRole("complementary", { name: "Reading aloud" }).getByRole("button", { name: "Pause" }).waitFor();
    assert.deepEqual(await saying(page), { text: "Every construct", voice: "Ada", rate: 1 });
    assert.equal(await marked(page), "Every construct");
    await end(page);
    assert.match((await saying(page)).text, /^A paragraph with emphasis, strength, a deletion, code/);
    assert.equal(await marked(page), await page.evaluate(() => [...CSS.highlights.get("spoken")][0].toString()));
    const all = await rest(page);
    assert.ok(all.includes("Code in python, 6 lines."), "code is named");
    assert.ok(all.some((text) => text === "A grey square with a darker border"), "and so are pictures");
    assert.ok(!all.some((text) => /def |import |Copy|Read aloud|Link to/.test(text)), all.join("\n"));
    await page.getByText("That was all.").waitFor();
    assert.equal(await marked(page), "");
    assert.deepEqual(complaints, []);
  });
}

test("pause, speed and paragraphs", async (t) => {
  const { page, bar, press } = await started(t);
  await end(page);
  const first = (await saying(page)).text;
  await press("Pause");
  assert.equal(await saying(page), null);
  await press("Go on");
  assert.equal((await saying(page)).text, first, "a sentence that was cut begins anew");
  await bar.getByLabel("Speed").selectOption("1.4×");
  assert.deepEqual(await saying(page), { text: first, voice: "Ada", rate: 1.4 });
  await press("Back");
  assert.equal((await saying(page)).text, "Every construct");
  await press("Forward");
  assert.equal((await saying(page)).text, first);
  await press("Forward");
  assert.notEqual((await saying(page)).text, first);
  await press("From the start");
  assert.equal((await saying(page)).text, "Every construct");
  await page.keyboard.press("Escape");
  await bar.waitFor({ state: "detached" });
  assert.equal(await saying(page), null);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Read aloud");
});

test("on from where it stopped, on the next visit, while others start at their start", async (t) => {
  const { page, url, press } = await started(t);
  for (let count = 0; count < 5; count += 1) await end(page);
  const { text } = await saying(page);
  await press("Close");
  await page.goto(url(PAGES.second));
  await page.getByRole("button", { name: "Read aloud" }).first().click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  assert.equal((await saying(page)).text, "A second page");
  await page.goto(url(PAGES.page));
  await page.getByRole("button", { name: "Read aloud" }).first().click();
  await page.getByText("From where you stopped.").waitFor();
  assert.equal((await saying(page)).text, text);
});

test("the page follows, unless its reader has gone elsewhere", async (t) => {
  const { page } = await started(t, { viewport: PHONE });
  const inSight = () => page.evaluate(() => {
    const { top, bottom } = [...CSS.highlights.get("spoken")][0].getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  for (let count = 0; count < 12; count += 1) {
    await end(page);
    assert.ok(await inSight(), (await saying(page)).text);
  }
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const where = await page.evaluate(() => scrollY);
  await end(page);
  assert.equal(await page.evaluate(() => scrollY), where);
});

test("another voice, and one from elsewhere only once it was said what that means", async (t) => {
  const { page, bar } = await started(t);
  assert.deepEqual(await bar.getByLabel("Voice").locator("option").allTextContents(), ["Ada", "Sam", "Cloud"], "those of the book’s language");
  await bar.getByLabel("Voice").selectOption("Sam");
  assert.equal((await saying(page)).voice, "Sam");
  await bar.getByLabel("Voice").selectOption("Cloud");
  await bar.getByText("what it reads is sent to whoever runs it").waitFor();
  assert.equal((await saying(page)).voice, "Cloud");
});

test("only voices from elsewhere: none speaks before it is chosen", async (t) => {
  const { page, bar } = await started(t, { voices: [REMOTE] });
  await bar.getByText("no voice of its own").waitFor();
  assert.equal(await saying(page), null);
  assert.ok(await bar.getByRole("button", { name: "Go on" }).isDisabled());
  await bar.getByLabel("Voice").selectOption("Cloud");
  assert.equal((await saying(page)).text, "Every construct");
});

test("no voice: it is said, and the text is there", async (t) => {
  const { bar, page, press } = await started(t, { voices: [GERMAN] });
  await bar.getByText("read instead").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Close");
  await press("Close");
  await bar.waitFor({ state: "detached" });
});

test("voices that come late", async (t) => {
  const late = "let all = speechSynthesis.getVoices(), mine = []; speechSynthesis.getVoices = () => mine; globalThis.arrive = () => { mine = all; speechSynthesis.dispatchEvent(new Event('voiceschanged')); };";
  const { page, bar, press } = await started(t, { init: late });
  await bar.getByText("read instead").waitFor();
  await page.evaluate(() => globalThis.arrive());
  await bar.getByText("read instead").waitFor({ state: "hidden" });
  await press("Go on");
  assert.equal((await saying(page)).text, "Every construct");
});

test("a browser that cannot speak at all", async (t) => {
  const { bar } = await started(t, { init: 'Object.defineProperty(window, "speechSynthesis", { value: undefined });' });
  await bar.getByText("read instead").waitFor();
});

test("a browser that marks no words shows the paragraph", async (t) => {
  const { page } = await started(t, { init: "delete CSS.highlights;" });
  await end(page);
  assert.equal(await page.locator("[data-spoken]").count(), 1);
  assert.match(await page.locator("[data-spoken]").textContent(), /^A paragraph with/);
});

test("a question is read without its answer", async (t) => {
  const { page, url } = await open(t);
  await page.addInitScript(withVoices([OWN]));
  await page.goto(url(PAGES.exercises));
  await page.locator("#q-idor").getByRole("button", { name: "Read aloud" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  assert.deepEqual(await rest(page), ["Question", "What is an insecure direct object reference?"]);
  await page.locator("#q-idor > .answer > summary").click();
  await page.getByRole("button", { name: "Go on" }).click();
  assert.ok((await rest(page)).some((text) => text.startsWith("Its test takes two accounts")), "an open answer is read");
});

test("the voice that was chosen is the clock’s and the interviewer’s, unless it is from elsewhere", async (t) => {
  const { page, url, bar } = await started(t);
  const asks = async () => {
    await page.goto(url(PAGES.screen));
    await page.getByRole("checkbox", { name: "The interviewer speaks" }).check();
    await page.waitForFunction(() => globalThis.saying);
    return (await saying(page)).voice;
  };
  assert.equal(await asks(), "Ada");
  for (const [chosen, heard] of [["Sam", "Sam"], ["Cloud", "Ada"]]) {
    await page.goto(url(PAGES.page));
    await page.locator(".listen button").click();
    await bar.getByLabel("Voice").selectOption(chosen);
    await page.goto(url(PAGES.screen));
    await page.getByRole("checkbox", { name: "The interviewer speaks" }).uncheck();
    assert.equal(await asks(), heard);
  }
});

test("what could not be loaded is said on the button, which tries again", async (t) => {
  const { page, url } = await open(t);
  await page.addInitScript(withVoices([OWN]));
  await page.goto(url(PAGES.second));
  await page.route("**/assets/voice-*.js", (route) => route.abort());
  await page.locator(".listen button").click();
  await page.getByRole("button", { name: "Not loaded: try again" }).waitFor();
  await page.unroute("**/assets/voice-*.js");
  await page.getByRole("button", { name: "Not loaded: try again" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.getByRole("button", { name: "Read aloud" }).first().waitFor();
});
