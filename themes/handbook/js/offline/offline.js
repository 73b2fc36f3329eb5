/* Reading without a network, as the page sees it: registers the service worker, offers to keep the whole book, and says when
   a newer edition is ready. It never reloads a page that the reader has not asked it to. Loaded once the page has been, where
   a worker is possible (elements/offline.js). It must not know what is kept, nor where. */
(function (prepbook) {
  "use strict";
  const { make } = prepbook.elements;
  const { announce, store } = prepbook.platform;
  const { serviceWorker } = navigator;
  const root = document.documentElement;
  const { text } = prepbook;
  const { fill } = prepbook.core.text;
  const STATES = { keeping: text.offline_keeping, whole: text.offline_whole, stopped: text.offline_stopped, full: text.offline_full };

  const script = /** @type {HTMLElement} */ (document.querySelector("script[data-worker]"));
  const worker = new URL(script.dataset.worker || "", document.baseURI);
  /** Whether the reader has asked for something that is not answered yet. */
  let isAsked = false;

  /** @param {number} bytes */
  const megabytes = (bytes) =>
    (bytes / 1e6).toLocaleString(root.lang || "en", { style: "unit", unit: "megabyte", maximumFractionDigits: bytes < 1e7 ? 1 : 0 });

  /** @param {string} name @param {() => void} act */
  function button(name, act) {
    const made = make("button", { type: "button" }, name);
    made.addEventListener("click", act);
    return made;
  }

  /** @param {"whole" | "visited"} ask */
  async function ask(ask) {
    isAsked = true;
    // The browser may refuse; then it may take the book away when room gets scarce.
    if (ask === "whole") await navigator.storage?.persist?.().catch(() => false);
    (await serviceWorker.ready).active?.postMessage({ ask });
  }

  /** Shows in the imprint what is kept. @param {Element} place @param {OfflineState} state */
  function report(place, state) {
    const size = megabytes(state.size);
    const said = state.kind === "visited" ? "" : fill(STATES[state.kind], { ...state, size });
    const keep = () => ask("whole");
    const controls = {
      visited: [button(fill(text.offline_keep, { size }), keep)],
      keeping: [],
      whole: [button(text.offline_remove, () => ask("visited"))],
      stopped: [button(text.offline_again, keep)],
      full: [button(text.offline_again, keep)],
    }[state.kind];
    const had = place.contains(document.activeElement);
    place.replaceChildren(make("span", { tabindex: "-1" }, said), " ", ...controls);
    // The button that had the focus is gone.
    if (had) (controls[0] || /** @type {HTMLElement} */ (place.firstChild)).focus();
    if (isAsked && said && state.kind !== "keeping") announce.say(said);
    if (state.kind !== "keeping") isAsked = false;
  }

  /** Runs something once no exercise is under way: those that run say so by `data-practising` on the root.
      @param {() => void} act */
  function inQuiet(act) {
    const isBusy = () => "practising" in root.dataset;
    if (!isBusy()) return act();
    const observer = new MutationObserver(() => {
      if (isBusy()) return;
      observer.disconnect();
      act();
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-practising"] });
  }

  /** Says that a newer edition waits. @param {ServiceWorkerRegistration} registration */
  function offer(registration) {
    if (document.querySelector(".edition") || store.session.read("edition-later", false)) return;
    const show = () => {
      const { waiting } = registration;
      // Another tab may have shown it meanwhile.
      if (!waiting) return location.reload();
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ ask: "show" });
    };
    const later = () => {
      store.session.write("edition-later", true);
      notice.remove();
    };
    const notice = make("aside", { class: "slip edition", "aria-label": text.edition_ready }, make("p", {}, text.edition_ready), button(text.edition_show, show), button(text.edition_later, later));
    document.body.append(notice);
    announce.say(text.edition_ready);
  }

  /** @param {ServiceWorkerRegistration} registration */
  function watch(registration) {
    // Without a controller it is the first, and nothing is newer than what is shown.
    const look = () => registration.waiting && serviceWorker.controller && inQuiet(() => offer(registration));
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    look();
  }

  async function begin() {
    // From a disk, browsers refuse it aloud.
    document.head.append(make("link", { rel: "manifest", href: new URL("manifest.webmanifest", worker).href }));
    const place = document.querySelector(".offline");
    serviceWorker.addEventListener("message", ({ data }) => place && report(place, data));
    serviceWorker.startMessages();
    watch(await serviceWorker.register(worker, { scope: new URL("./", worker).pathname, updateViaCache: "none" }));
    const connection = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection;
    const loaded = [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
    (await serviceWorker.ready).active?.postMessage({ ask: "hello", loaded, sparing: !!connection?.saveData });
  }

  // Without a worker (a private window, a full disk) the book reads as it always does.
  begin().catch((error) => console.debug(error));
})(prepbook);
