// Holds a page's deferred scripts back until the page has been painted without them, as on a slow line: whatever they move
// then moves before the reader's eyes. It must not know what they do.

/** In the page: until it has been painted, and a moment for eyes. */
function painted() {
  return new Promise((done) => {
    const look = (list) => list.getEntriesByName("first-contentful-paint").length > 0 && setTimeout(done, 100);
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });
}

/**
 * Goes to an address so.
 * @param {import("playwright-core").Page} page  one that has not gone anywhere like this before
 * @param {string} html  what stands at the address
 */
export async function goWithLateScripts(page, address, html) {
  const deferred = [...html.matchAll(/<script\s[^>]*>/g)].filter(([tag]) => /\sdefer\b/.test(tag)).map(([tag]) => new URL(/\ssrc="([^"]+)"/.exec(tag)[1], address).href);
  if (deferred.length === 0) throw new Error(`${address} has no deferred script to hold back`);
  await page.route((url) => deferred.includes(url.href), async (route) => {
    await page.evaluate(painted);
    await route.continue();
  });
  await page.goto(address);
}
