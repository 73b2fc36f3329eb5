/* Turns the reader's stored colours, and that there is a plan, into attributes on <html>, before the first paint. It blocks the
   page, so it stays tiny. */
(function () {
  "use strict";
  const { dataset } = document.documentElement;
  dataset.js = "";
  try {
    const start = "prepbook." + dataset.book;
    const theme = JSON.parse(localStorage.getItem(start + ".theme") || "null");
    if (localStorage.getItem(start + ".today")) dataset.today = "";
    if (theme === "light" || theme === "dark" || theme === "contrast") dataset.theme = theme;
    else if (theme === "system") delete dataset.theme;
  } catch {
    // Storage is blocked or damaged.
  }
  // One page fades into the next; from a disk browsers refuse.
  if (location.protocol !== "file:" && document.adoptedStyleSheets) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@media (prefers-reduced-motion: no-preference) { @view-transition { navigation: auto } }");
    document.adoptedStyleSheets = [sheet];
  }
})();
