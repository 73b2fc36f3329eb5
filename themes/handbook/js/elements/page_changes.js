/* Makes the way from page to page short. Asks for a page once a reader means to go there: rests on a link, touches it, or comes
   to it by key; hosts that let pages be kept for a minute make the change instant. It must not know what is on the page. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  /** Milliseconds that a pointer rests on a link before that is taken for intent. */
  const REST = 65;

  define("body", (body, signal) => {
    const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
    if (!location.protocol.startsWith("http") || connection?.saveData) return;
    const asked = new Set([location.href.split("#")[0]]);
    let resting = 0;

    /** @param {Event} event */
    function address({ target }) {
      const link = target instanceof Element && target.closest("a");
      if (!link || link.origin !== location.origin || link.hasAttribute("download")) return "";
      const [page] = link.href.split("#");
      return asked.has(page) ? "" : page;
    }
    /** @param {string} page */
    function ask(page) {
      if (!page) return;
      asked.add(page);
      document.head.append(make("link", { rel: "prefetch", href: page }));
    }

    body.addEventListener("pointerover", (event) => {
      clearTimeout(resting);
      const page = address(event);
      if (page) resting = window.setTimeout(ask, REST, page);
    }, { signal });
    body.addEventListener("touchstart", (event) => ask(address(event)), { signal, passive: true });
    body.addEventListener("focusin", (event) => {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) ask(address(event));
    }, { signal });
  });
})(prepbook);
