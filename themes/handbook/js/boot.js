/* Turns the reader's stored choice of colours into an attribute on <html>, before the first paint. It blocks the page, so it
   stays tiny; platform/store.js writes what it reads, as JSON. */
(function () {
  "use strict";
  const { dataset } = document.documentElement;
  dataset.js = "";
  try {
    const theme = JSON.parse(localStorage.getItem("prepbook." + dataset.book + ".theme") || "null");
    if (theme === "light" || theme === "dark" || theme === "contrast") dataset.theme = theme;
    else if (theme === "system") delete dataset.theme;
  } catch {
    // Storage is blocked or damaged: the book's default stands.
  }
  // One page fades into the next, where it can and may; from a disk browsers refuse.
  if (location.protocol !== "file:" && document.adoptedStyleSheets) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@media (prefers-reduced-motion: no-preference) { @view-transition { navigation: auto } }");
    document.adoptedStyleSheets = [sheet];
  }
})();
