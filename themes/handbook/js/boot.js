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
})();
