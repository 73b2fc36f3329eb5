/* Keeps a page as its sources are, while `prepbook serve` runs. The server says what it has, as one hash for each thing a
   page is made of; this compares them with what the page has, and acts on the difference. So it makes no difference how many
   changes were missed. It must not know how pages are compared. */
(function (live) {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** Milliseconds: until a closed connection, or what has failed, is tried again; until the reader is told. */
  const [AGAIN, PATIENCE] = [1000, 2000];
  /** How many pages hold a connection. A browser gives a host six, and pages have to load as well; the others ask. */
  const PLACES = 4;
  // Of a published book that was served here before; it would show what it has kept.
  navigator.serviceWorker?.getRegistration().then((registration) => registration?.unregister(), () => {});
  /**
   * What the page has. Of problems it knows nothing yet, not even that there are none.
   * @type {Omit<LiveState, "problems"> & {problems: string | null}}
   */
  const have = { ...JSON.parse(script.dataset.state || "{}"), problems: null };

  /** The state to act on next, and the last one heard of. @type {LiveState | null} */
  let newest = null;
  /** @type {LiveState | null} */
  let last = null;
  let working = false;

  /** @param {LiveState} state */
  function receive(state) {
    last = newest = state;
    if (!working) work();
  }

  async function work() {
    working = true;
    while (newest) {
      const state = newest;
      newest = null;
      try {
        await act(state);
      } catch (error) {
        // The server has gone away in the midst of it.
        console.debug(error);
        setTimeout(() => state === last && receive(state), AGAIN);
      }
    }
    working = false;
  }

  /** @param {LiveState} state */
  async function act(state) {
    if (state.theme !== have.theme || state.page !== have.page) await bringPage();
    live.problems.hold(!!state.held);
    if (state.style !== have.style) live.styles(state.style);
    have.style = state.style;
    if (state.contents !== have.contents) live.contents(state.contents);
    have.contents = state.contents;
    if (state.files !== have.files) await live.files(state.files);
    have.files = state.files;
    if (state.problems !== have.problems) {
      const other = live.problems.show(state.problems ? await (await ask("/.prepbook/problems")).json() : null);
      have.problems = state.problems;
      // The server goes by what a connection has asked for.
      if (other && source) {
        disconnect();
        connect();
      }
    }
  }

  /** @param {string} url */
  const ask = (url) => fetch(url, { cache: "no-store" });

  async function bringPage() {
    const response = await ask(location.href);
    // A template with a mistake: what is there is better than what would come.
    if (response.status >= 500) return;
    const html = await response.text();
    // The page may be newer than the state that led to it.
    const newer = stateIn(html);
    const same = newer && response.url === location.href.split("#")[0]
      && newer.theme === have.theme && (newer.page === null) === (have.page === null);
    if (newer && same && newer.page === have.page) return;
    try {
      if (!newer || !same || !live.patch(html)) return await reload();
    } catch (error) {
      console.error(error);
      return await reload();
    }
    live.renew();
    have.page = newer.page;
  }

  /** @param {string} html @returns {LiveState | null} */
  function stateIn(html) {
    const element = new DOMParser().parseFromString(html, "text/html").querySelector("script[data-state]");
    return JSON.parse(element?.getAttribute("data-state") || "null");
  }

  /** Never comes back: nothing is to be done to a page that is leaving. @returns {Promise<never>} */
  function reload() {
    location.reload();
    return new Promise(() => {});
  }

  /** @type {EventSource | null} */
  let source = null;
  let again = 0;
  let lost = 0;
  /** Counts connections, so that one which comes too late knows. */
  let number = 0;
  /** Gives back the place among those that hold a connection. @type {(() => void) | null} */
  let leave = null;

  const query = "?page=" + encodeURIComponent(location.pathname);

  /** A place among those of all pages that hold a connection; none if all are taken. @returns {Promise<(() => void) | null>} */
  async function takePlace() {
    if (!navigator.locks) return () => {};
    for (let place = 0; place < PLACES; place += 1) {
      const given = await new Promise((decided) => {
        navigator.locks.request("prepbook.live." + place, { ifAvailable: true }, (lock) => (
          lock ? new Promise((/** @type {(value?: undefined) => void} */ release) => decided(release)) : decided(null)
        ));
      });
      if (given) return given;
    }
    return null;
  }

  async function connect() {
    if (source) return;
    clearTimeout(again);
    const own = ++number;
    const place = await takePlace();
    if (own !== number) return place?.();
    if (!place) return inquire(own);
    leave = place;
    source = new EventSource("/.prepbook/events" + query);
    source.addEventListener("message", ({ data }) => {
      found();
      receive(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      miss();
      if (source?.readyState !== EventSource.CLOSED) return; // It tries again by itself.
      release();
      again = window.setTimeout(connect, AGAIN);
    });
  }

  /** Asks once, and later looks for a place again. @param {number} own */
  async function inquire(own) {
    try {
      const state = await (await ask("/.prepbook/state" + query)).json();
      if (own !== number) return;
      found();
      receive(state);
    } catch {
      miss();
    }
    if (own === number) again = window.setTimeout(connect, AGAIN);
  }

  function miss() {
    lost ||= window.setTimeout(() => live.problems.wait(true), PATIENCE);
  }

  function found() {
    clearTimeout(lost);
    lost = 0;
    live.problems.wait(false);
  }

  function release() {
    number += 1;
    clearTimeout(again);
    source?.close();
    source = null;
    leave?.();
    leave = null;
  }

  function disconnect() {
    release();
    found();
  }

  function begin() {
    live.begin();
    live.problems.begin();
    addEventListener("pagehide", disconnect);
    addEventListener("pageshow", ({ persisted }) => persisted && connect());
    document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
    if (!document.hidden) connect();
  }

  // "Interactive": the whole page is there, and of its scripts only those have run that stood in its way.
  document.addEventListener("readystatechange", begin, { once: true });
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
