// Opens pages of the built site in a real browser, for one test, and closes everything when the test is over. It must not
// know what a test looks for.
import { chromium } from "playwright-core";
import { serve } from "./site.mjs";

const EXECUTABLE = process.env.PREPBOOK_CHROMIUM || "/usr/bin/chromium";

export const PHONE = { width: 360, height: 740 };
/** The narrowest there is: a page of 1280 enlarged four times (WCAG 2.2, 1.4.10). */
export const NARROW = { width: 320, height: 640 };
export const LAPTOP = { width: 1280, height: 800 };
export const DESK = { width: 1440, height: 900 };

/**
 * A context of its own (storage, permissions, size) and one page in it. `complaints` fills with console errors, uncaught
 * exceptions and violations of the policy; `requests` with every address asked for.
 * @param {import("node:test").TestContext} t
 * @param {{viewport?: {width: number, height: number}, scripts?: boolean, theme?: "light" | "dark", contrast?: "more" | "no-preference",
 *   init?: () => void, workers?: boolean, args?: string[], site?: {origin: string, close: () => Promise<unknown>}}} options
 */
export async function open(t, { viewport = DESK, scripts = true, theme = "light", contrast = "no-preference", init, workers = true, args = [], site } = {}) {
  site ??= await serve();
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", ...args] });
  t.after(async () => {
    await browser.close();
    await site.close();
  });
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, colorScheme: theme, contrast, serviceWorkers: workers ? "allow" : "block" });
  context.setDefaultTimeout(10_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
  if (init) await context.addInitScript(init);

  const complaints = [];
  const requests = [];
  const watch = (page) => {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack}`));
    page.on("request", (request) => requests.push(request.url()));
    return page;
  };

  return {
    page: watch(await context.newPage()),
    another: async () => watch(await context.newPage()),
    url: (path) => `${site.origin}/${path}`,
    origin: site.origin,
    complaints,
    requests,
  };
}

/** Until the scripts have replaced the server's short list of chapters; only when there is room for it or it is open. */
export async function treeIsBuilt(page) {
  await page.locator(".sidebar").dispatchEvent("pointerenter");
  await page.locator(".tree .twist").first().waitFor();
}

/** Opens the dialog of search, asks and waits for the answer. */
export async function search(page, query) {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search this book" });
  await field.fill(query);
  await found(page);
  return field;
}

/** Until what stands in the field of search has been answered. */
export function found(page) {
  return page.locator(".search-view:not([aria-busy]) [role=status]").waitFor({ state: "attached" });
}
