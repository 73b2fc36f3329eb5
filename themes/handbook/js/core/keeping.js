/* What is kept of a reader's practice: collections of records, each with the version of its shape, so that what older editions
   of the book have kept is brought up to date when it is read. All of it makes one file. It must not know what a collection
   is for, nor where it is kept. */
(function (prepbook) {
  "use strict";
  const FORMAT = "prepbook practice";
  const DAY = 86_400_000;
  /** The last moment that a date can be (ECMAScript, "Time Values and Time Range"). */
  const LAST = 8.64e15;
  /** Somewhere that no book is: what leads out of it from here leads out of any. */
  const BOOK = "http://book.invalid/book/";
  /** @type {Record<string, Collection>} filled by the scripts that a collection belongs to */
  const collections = {};

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** @type {Prepbook["core"]["keeping"]} */
  const keeping = {
    collections,
    is: {
      object: isObject,
      // Never one of the names that every object has from JavaScript.
      name: (value) => typeof value === "string" && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(value) && !(value in {}),
      text: (value) => typeof value === "string",
      count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
      time: (value) => Number.isFinite(value) && Math.abs(Number(value)) <= LAST,
      // What is inside the book, from its root, as a browser would read it.
      address(value) {
        try {
          return typeof value === "string" && new URL(value, BOOK).href.startsWith(BOOK);
        } catch {
          return false;
        }
      },
      mapOf: (check) => (value) => isObject(value) && Object.entries(value).every(([key, inner]) => keeping.is.name(key) && check(inner)),
    },

    version: (name) => collections[name].steps.length + 1,

    open(name, version, value) {
      const { check, steps } = collections[name];
      if (!keeping.is.count(version) || Number(version) < 1 || Number(version) > keeping.version(name)) return undefined;
      try {
        const now = steps.slice(Number(version) - 1).reduce((older, step) => step(older), value);
        return check(now) ? now : undefined;
      } catch {
        return undefined; // A step has met what no edition has written.
      }
    },

    write: (kept, book, now) =>
      JSON.stringify({ format: FORMAT, book, saved: new Date(now).toISOString(), kept }, null, 1) + "\n",

    read(text, book) {
      let file;
      try {
        file = JSON.parse(text);
      } catch {
        return { fault: "form" };
      }
      if (!isObject(file) || file.format !== FORMAT || !isObject(file.kept)) return { fault: "form" };
      if (file.book !== book) return { fault: "book" };
      /** @type {Kept} */
      const kept = {};
      for (const [name, part] of Object.entries(file.kept)) {
        if (!isObject(part) || !isObject(part.records)) return { fault: "damaged", place: name };
        // What this edition does not know would be lost.
        if (!Object.hasOwn(collections, name) || (typeof part.version === "number" && part.version > keeping.version(name))) return { fault: "later" };
        kept[name] = { version: keeping.version(name), records: {} };
        for (const [id, value] of Object.entries(part.records)) {
          const record = keeping.is.name(id) ? keeping.open(name, part.version, value) : undefined;
          if (record === undefined) return { fault: "damaged", place: name + ", " + id };
          kept[name].records[id] = record;
        }
      }
      return { kept, saved: typeof file.saved === "string" ? Date.parse(file.saved) : NaN };
    },

    merge(ours, theirs) {
      const all = structuredClone(ours);
      for (const [name, { version, records }] of Object.entries(theirs)) {
        const place = (all[name] ??= { version, records: {} }).records;
        for (const [id, record] of Object.entries(records)) {
          place[id] = Object.hasOwn(place, id) ? collections[name].merge(place[id], record) : record;
        }
      }
      return all;
    },

    isDue({ first, changed, saved, asked }, now) {
      const week = (/** @type {number} */ time) => now - time >= 7 * DAY;
      return first > 0 && changed > saved && [first, saved, asked].every(week);
    },
  };
  prepbook.core.keeping = keeping;
})(prepbook);
