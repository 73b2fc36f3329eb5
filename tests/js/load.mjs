// Loads scripts of the theme's core as a page does: in order, as classic scripts, onto one global name.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const scripts = new URL("../../themes/handbook/js/", import.meta.url);

/** @param {...string} files  such as `core/tree.js`; the namespace comes first by itself */
export function load(...files) {
  for (const file of ["core/namespace.js", ...files]) {
    const url = new URL(file, scripts);
    runInThisContext(readFileSync(url, "utf8"), { filename: url.pathname });
  }
  return globalThis.prepbook;
}
