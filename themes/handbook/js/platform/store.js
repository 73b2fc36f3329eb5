/* What the browser keeps for this book: JSON under `prepbook.<book>.<key>`. Storage that is blocked, full or damaged reads
   as the fallback and writes as nothing. It must not know what is kept. */
(function (prepbook) {
  "use strict";
  const prefix = "prepbook." + document.documentElement.dataset.book + ".";

  /** @param {"localStorage" | "sessionStorage"} area  a name, since even asking for the object may be refused */
  const shelf = (area) => ({
    /** @type {Shelf["read"]} */
    read(key, fallback) {
      try {
        const value = JSON.parse(window[area].getItem(prefix + key) || "null");
        const fits = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback);
        return fits && value !== null ? value : fallback;
      } catch {
        return fallback;
      }
    },
    /** @type {Shelf["write"]} */
    write(key, value) {
      try {
        window[area].setItem(prefix + key, JSON.stringify(value));
      } catch {
        // The page works the same, it only forgets.
      }
    },
  });

  prepbook.platform.store = {
    ...shelf("localStorage"),
    session: shelf("sessionStorage"),
    watch(key, listener, signal) {
      window.addEventListener("storage", (event) => event.key === prefix + key && listener(), { signal });
    },
  };
})(prepbook);
