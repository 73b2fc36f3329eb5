/* The way into search: the link in the header becomes a button, and the dialog with its field is there at once. Scripts, styles
   and index (js/search) are loaded when they are needed, and take over with what has been typed by then. It must not know how
   anything is found. */
(function (prepbook) {
  "use strict";
  const { connect, define, make } = prepbook.elements;
  const { loader, store } = prepbook.platform;
  const { text } = prepbook;
  const html = document.documentElement;
  const { root = "" } = html.dataset;

  /** @type {HTMLLinkElement=} */ let style;
  function load() {
    const { search = "", searchStyle = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-search]")).dataset;
    if (!style) document.head.append((style = make("link", { rel: "stylesheet", href: searchStyle })));
    return Promise.all([loader.load("search", search), loader.load("search/root", root + "search/root.js")]);
  }

  /** To the page with all results; the policy of pages lets no form be sent. @param {HTMLFormElement} form */
  function leave(form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = form.action + "?" + new URLSearchParams({ q: form.q.value });
    });
  }

  /** A field, and below it the place for what is found. @param {(Element | string)[]} beside @param {SearchOptions} options */
  function box(beside, options) {
    const input = make("input", {
      type: "search", name: "q", "aria-label": text.search_field, placeholder: text.search_field, autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", enterkeyhint: "search", maxlength: "300",
    });
    const form = make("form", { class: "search-bar", role: "search", action: root + "search.html" }, input, ...beside);
    const view = make("div", { class: "search-view", "aria-busy": "true" });
    leave(form);
    let started = false;

    /** Says that something did not load, and tries again when asked to. @param {() => void} again */
    function failed(again) {
      const button = make("button", { type: "button" }, text.search_retry);
      button.addEventListener("click", () => {
        input.focus();
        again();
      });
      view.removeAttribute("aria-busy");
      view.replaceChildren(make("p", { class: "search-failed", role: "alert" }, text.search_failed, " ", button));
    }
    async function start() {
      if (started) return;
      started = true;
      try {
        const [{ results }, data] = await load();
        view.replaceChildren();
        results.connect(form, input, view, data, failed, options);
      } catch {
        started = false;
        failed(start);
      }
    }
    return { input, start, parts: [form, view] };
  }

  define("a.search-open", (link) => {
    const attributes = { type: "button", class: "search-open", "aria-haspopup": "dialog", "aria-keyshortcuts": "/ Control+K Meta+K" };
    const button = make("button", attributes, make("span", {}, text.search), make("kbd", { "aria-hidden": "true" }, "/"));
    const field = () => /** @type {HTMLInputElement | null} */ (document.querySelector(".search-page input"));
    /** @type {HTMLDialogElement} */ let dialog;
    /** @type {ReturnType<typeof box>} */ let own;

    function open() {
      const here = field();
      if (here) return here.focus();
      if (document.querySelector("dialog[open]")) return;
      if (!dialog) {
        const closer = make("button", { type: "button", class: "search-close" }, text.close);
        own = box([closer], { links: link.dataset });
        dialog = make("dialog", { class: "search", "aria-label": text.search }, ...own.parts);
        closer.addEventListener("click", () => dialog.close());
        dialog.addEventListener("close", () => html.classList.remove("keeps-gutter"));
        dialog.addEventListener("click", (event) => {
          const left = event.target instanceof Element && event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey);
          if (event.target === dialog || left) dialog.close();
        });
        document.body.append(dialog);
      }
      // The page behind is held still (css/navigation.css), but what its scrollbar took stays free, so nothing moves.
      html.classList.toggle("keeps-gutter", innerWidth > html.clientWidth);
      dialog.showModal();
      own.input.focus();
      own.input.select();
      own.start();
    }
    const prefetch = () => void load().catch(() => {}); // It is said when it is needed.

    button.addEventListener("click", open);
    button.addEventListener("pointerenter", prefetch, { once: true });
    button.addEventListener("focus", prefetch, { once: true });
    link.replaceWith(button);
  });

  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    const typing = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
    const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !typing && store.read("search-slash", true);
    const control = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
    if (event.defaultPrevented || event.isComposing || !(slash || control)) return;
    // Its turn may not have come yet.
    const { parentElement } = document.querySelector("a.search-open") ?? {};
    if (parentElement) connect(parentElement);
    const button = /** @type {HTMLElement | null} */ (document.querySelector("button.search-open"));
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  define(".search-page", (place) => {
    const { input, start, parts } = box([], { page: true, links: place.dataset });
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    place.append(...parts);
    start();
  });

  define("form.search-offer", (form) => {
    // The name in the address that is not there; of a folder, the folder's.
    const [name = ""] = location.pathname.split("/").filter((part) => part && part !== "index.html").slice(-1);
    const words = prepbook.core.tree.plain(name).replace(/\.\w+$/, "").replace(/[^\p{Alphabetic}\p{N}]+/gu, " ").trim();
    const { q } = /** @type {HTMLFormElement} */ (form);
    if (words !== "404") q.value = words;
    leave(/** @type {HTMLFormElement} */ (form));
  });
})(prepbook);
