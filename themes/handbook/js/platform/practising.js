/* What holds on a page while an exercise runs: notices wait, the screen stays on, the title tells the time; and of several tabs
   one alone leads, which is the one that is heard. It must not know which exercise it is. */
(function (prepbook) {
  "use strict";
  const root = document.documentElement;
  /** @type {(() => void) | undefined} gives up the lead, or the wish to have it */
  let leave;
  /** @type {WakeLockSentinel | undefined} */
  let screen;
  let [runs, leads, before] = [false, false, ""];

  async function stayOn() {
    // Refused when the battery is low, and given back whenever the page is out of sight.
    if (runs && leads && document.visibilityState === "visible" && !(screen && !screen.released)) {
      screen = await navigator.wakeLock?.request("screen").catch(() => undefined);
      if (!runs) screen?.release();
    }
  }
  document.addEventListener("visibilitychange", stayOn);

  /** @param {() => void} led */
  function lead(led) {
    leads = true;
    stayOn();
    led();
  }

  /** @type {Prepbook["platform"]["practising"]} */
  const practising = {
    begin(led) {
      if (runs) return;
      runs = true;
      root.dataset.practising = "";
      const leaving = new AbortController();
      const held = new Promise((resolve) => leaving.signal.addEventListener("abort", resolve));
      leave = () => leaving.abort();
      const name = `prepbook.${root.dataset.book}.practising`;
      const lock = navigator.locks?.request(name, { signal: leaving.signal }, () => (lead(led), held));
      // Without locks, as on plain http, each tab leads.
      if (lock) lock.catch(() => leaving.signal.aborted || lead(led));
      else lead(led);
    },
    end() {
      leave?.();
      [runs, leads, leave] = [false, false, undefined];
      practising.title("");
      screen?.release();
      screen = undefined;
      delete root.dataset.practising;
    },
    leads: () => leads,
    title(time) {
      const plain = before && document.title.startsWith(before) ? document.title.slice(before.length) : document.title;
      before = time && leads ? time + " · " : "";
      document.title = before + plain;
    },
  };
  prepbook.platform.practising = practising;
})(prepbook);
