/* What the browser keeps for this book: JSON under `prepbook.<book>.<key>`. Storage that is blocked, full or damaged reads
   as the fallback, writes as nothing and says so. It must not know what is kept. */
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
        if (value === undefined) window[area].removeItem(prefix + key);
        else window[area].setItem(prefix + key, JSON.stringify(value));
        return true;
      } catch {
        return false; // The page works the same, it only forgets.
      }
    },
    /** @type {Shelf["keys"]} */
    keys(start) {
      try {
        return Object.keys(window[area]).flatMap((key) => (key.startsWith(prefix + start) ? key.slice(prefix.length) : []));
      } catch {
        return [];
      }
    },
  });

  prepbook.platform.store = {
    ...shelf("localStorage"),
    session: shelf("sessionStorage"),
    watch(start, listener, signal) {
      // No key: all of it was cleared.
      addEventListener("storage", ({ key }) => (!key || key.startsWith(prefix + start)) && listener(), { signal });
    },
  };
})(prepbook);
