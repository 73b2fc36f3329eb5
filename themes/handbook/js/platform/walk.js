/* A walk from stop to stop over the pages of the book, in this tab, from a disk as on the web. It must not know what the stops
   are for. */
(function (prepbook) {
  "use strict";
  const { store } = prepbook.platform;
  const { root = "" } = document.documentElement.dataset;

  /** @param {Walk | undefined} walk */
  function go(walk) {
    const { home } = walk ?? at.read();
    store.session.write("walk", walk?.stops.length ? walk : undefined);
    const to = new URL(root + (walk?.stops[0]?.href ?? home), document.baseURI).href;
    // Where the same stop comes once more there is nowhere to go.
    if (to === location.href) dispatchEvent(new Event("hashchange"));
    else location.assign(to);
  }

  /** @type {Prepbook["platform"]["walk"]} */
  const at = {
    read: () => store.session.read("walk", { stops: [], passed: 0, home: "" }),
    begin: (stops, home) => go({ stops, home, passed: 0 }),
    pass(again, undo) {
      const { stops: [stop, ...rest], passed, home } = at.read();
      go({ stops: again ? [...rest, stop] : rest, passed: passed + 1, home, undo: { stop, before: undo } });
    },
    back() {
      const { stops, passed, home, undo } = at.read();
      if (undo) go({ stops: [undo.stop, ...stops.filter(({ id }) => id !== undo.stop.id)], passed: passed - 1, home });
    },
    end: () => go(undefined),
  };
  prepbook.platform.walk = at;
})(prepbook);
