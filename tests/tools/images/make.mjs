// Drawings -> the theme's pictures: themes/handbook/images/icon.svg as the icons of the installed book, card.svg as the card
// that is shown where a page is shared. Run it after a drawing has changed, and commit what it writes; a build never needs it.
//
//     node tests/tools/images/make.mjs
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "../../browser/node_modules/playwright-core/index.mjs";

const images = new URL("../../../themes/handbook/images/", import.meta.url);
const drawings = [
  [new URL("icon.svg", images), "icon-192.png", 192, 192],
  [new URL("icon.svg", images), "icon-512.png", 512, 512],
  [new URL("card.svg", import.meta.url), "card.png", 1200, 630],
];

const browser = await chromium.launch({ executablePath: process.env.PREPBOOK_CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const [drawing, name, width, height] of drawings) {
  await page.setViewportSize({ width, height });
  const source = `data:image/svg+xml,${encodeURIComponent(readFileSync(drawing, "utf8"))}`;
  await page.setContent(`<body style="margin:0"><img src="${source}" width="${width}" height="${height}" style="display:block">`);
  await page.screenshot({ path: fileURLToPath(new URL(name, images)) });
}
await browser.close();
