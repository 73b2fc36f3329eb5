// The packages that tests/browser/package.json pins, and the browser, for tools that lie in other folders.

import { createRequire } from "node:module";

export const require = createRequire(new URL("../browser/package.json", import.meta.url));

export const EXECUTABLE = process.env.PREPBOOK_CHROMIUM || "/usr/bin/chromium";

/** A Chromium without a window. @param {string[]} more  arguments for it */
export function launch(...more) {
  return require("playwright-core").chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", ...more] });
}
