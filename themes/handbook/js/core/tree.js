/* Questions about the tree of contents: which branch a page is on, which branches are open. URLs count from the site's
   root. It must not know the document, nor where the tree comes from. */
(function (prepbook) {
  "use strict";
  /** Open branches to remember; the oldest is forgotten first. */
  const LIMIT = 200;

  const fold = (/** @type {string} */ text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** @type {Prepbook["core"]["tree"]} */
  const tree = {
    plain(url) {
      try {
        return decodeURI(url);
      } catch {
        return url;
      }
    },
    path(entries, url) {
      for (const entry of entries) {
        if (!entry.url) continue; // Not written yet.
        if (tree.plain(entry.url) === tree.plain(url)) return [entry.url];
        const below = tree.path(entry.children || [], url);
        if (below.length) return [entry.url, ...below];
      }
      return [];
    },
    matching(entries, query) {
      const words = fold(query).split(/\s+/).filter(Boolean);
      const all = entries.flatMap((entry) => [entry, ...tree.matching(entry.children || [], "")]);
      return all.filter(({ title, url }) => url && words.every((word) => fold(title).includes(word)));
    },
    toggled(opened, url, open) {
      const rest = opened.filter((other) => other !== url);
      return open ? [...rest, url].slice(-LIMIT) : rest;
    },
  };
  prepbook.core.tree = tree;
})(prepbook);
