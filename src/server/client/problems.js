/* Shows what is wrong with the book over the page, in a shadow root, so that page and panel do not see each other's styles.
   It never takes the focus by itself and never bars the page: somebody may be typing there. It must not know how problems
   are found. */
(function (live) {
  "use strict";
  const STYLE = "/.prepbook/live.css";
  /** Where the tab remembers which errors were listed when the panel was closed. */
  const CLOSED = "prepbook.live.closed";
  /** By this cookie the server gives pages as they are, mistakes and all. */
  const NEWEST = "prepbook-newest=1";

  /** @type {LiveReport} */
  const NOTHING = { errors: 0, warnings: 0, notes: 0, more: 0, problems: [] };
  let report = NOTHING;
  let open = false;
  /** Whether the page is an older one, without its mistakes. */
  let older = false;
  /** @type {HTMLElement | null} what had the focus before the panel */
  let origin = null;

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} name @param {string} part its class @param {(Node | string)[]} children
   */
  function make(name, part, ...children) {
    const element = document.createElement(name);
    element.className = part;
    element.append(...children);
    return element;
  }

  const host = document.createElement("prepbook-live");
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  const speaker = make("div", "speaker");
  const waiting = make("p", "waiting", "Waiting for prepbook serve…");
  const heading = make("h2", "counts");
  const heldText = make("span", "");
  const switcher = make("button", "switch");
  const held = make("p", "held", heldText, " ", switcher);
  const closer = make("button", "close", "Close");
  const list = make("ol", "list");
  const panel = make("section", "panel", make("header", "head", make("div", "", heading, held), closer), list);
  const chip = make("button", "chip");

  style.rel = "stylesheet";
  style.href = STYLE;
  speaker.setAttribute("aria-live", "polite");
  waiting.setAttribute("role", "status");
  heading.id = "Counts";
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-labelledby", heading.id);
  closer.type = chip.type = switcher.type = "button";
  for (const element of [panel, chip, waiting, held]) element.hidden = true;
  // Messages are English, whatever the language of the book.
  host.lang = "en";
  host.dir = "ltr";
  host.popover = "manual";
  root.append(style, speaker, panel, make("div", "corner", waiting, chip));

  /** @param {number} count @param {string} noun */
  const plural = (count, noun) => (count ? [`${count} ${noun}${count === 1 ? "" : "s"}`] : []);
  const counts = () => [
    ...plural(report.errors, "error"),
    ...plural(report.warnings, "warning"),
    ...plural(report.notes, "note"),
  ].join(", ");

  /**
   * The source and what points at it. The terminal's first lines say what stands above already.
   * @param {string} text @param {string} message
   */
  function frame(text, message) {
    const [first, ...below] = text.trimEnd().split("\n");
    const lines = /^\w+\[/.test(first) || first === message ? below : [first, ...below];
    while (/^\s*(-->.*|\|)$/.test(lines[0] ?? "")) lines.shift();
    return make("pre", "frame", ...lines.flatMap((line) => {
      const [, before, pointer] = /^(\s*\|\s*)([\^-].*)$/.exec(line) ?? [];
      return pointer ? [before, make("span", "pointer", pointer), "\n"] : [line + "\n"];
    }));
  }

  /** @param {string | null} page */
  const isHere = (page) => !!page && decodeURI(page) === decodeURI(location.pathname.replace(/\/$/, "/index.html"));

  /** @param {string} place @param {string | null} page */
  function placeOf(place, page) {
    if (!page || isHere(page)) return make("span", "place", place);
    const link = make("a", "place", place);
    link.href = page;
    return link;
  }

  /** @param {LiveReport["problems"][number]} problem */
  function item({ severity, code, place, page, message, text }) {
    const first = make("p", "what", make("strong", "severity", severity), " ", make("code", "code", code), " ");
    if (place) first.append(placeOf(place, page));
    const source = frame(text, message);
    const rest = source.textContent?.trim() ? [source] : [];
    return make("li", "problem " + severity, first, make("p", "message", message), ...rest);
  }

  function draw() {
    const any = report.problems.length > 0;
    const inside = panel.contains(root.activeElement);
    const newest = document.cookie.includes(NEWEST);
    heading.textContent = counts();
    chip.textContent = counts() + (older ? " · page as before" : "");
    held.hidden = !older && !newest;
    heldText.textContent = newest ? "Pages are shown with their mistakes." : "This page is shown as it was before the mistake.";
    switcher.textContent = newest ? "Show them as before" : "Show it as it is";
    panel.hidden = !any || !open;
    chip.hidden = !any || open;
    chip.dataset.worst = panel.dataset.worst = report.errors ? "error" : report.warnings ? "warning" : "note";
    // So that the end of the page can be scrolled to.
    document.documentElement.style.paddingBlockEnd = panel.hidden ? "" : panel.offsetHeight + "px";
    if (!panel.hidden) return;
    if (inside) giveBack();
    origin = null;
  }

  function fill() {
    const focused = list.contains(root.activeElement);
    const more = report.more ? [make("li", "more", `and ${report.more} more: prepbook check lists them all`)] : [];
    // What is wrong with this page comes first.
    const here = report.problems.filter(({ page }) => isHere(page));
    const others = report.problems.filter(({ page }) => !isHere(page));
    list.replaceChildren(...[...here, ...others].map(item), ...more);
    if (focused) closer.focus({ preventScroll: true });
    requestAnimationFrame(() => {
      for (const frame of list.querySelectorAll("pre")) {
        if (frame.scrollWidth <= frame.clientWidth) continue;
        frame.tabIndex = 0; // Only what scrolls is a stop for the keyboard.
        const mark = /** @type {HTMLElement | null} */ (frame.querySelector(".pointer"));
        const from = (mark?.offsetLeft ?? 0) - frame.offsetLeft;
        if (mark && from + mark.offsetWidth > frame.clientWidth) frame.scrollLeft = from - frame.clientWidth / 3;
      }
    });
  }

  function giveBack() {
    const target = origin?.isConnected ? origin : chip.hidden ? null : chip;
    target?.focus({ preventScroll: true });
  }

  /** What was opened last is on top, and something of the page may have come since. In a modal dialog the page alone counts. */
  function raise() {
    if (!style.sheet || document.querySelector("dialog:modal")) return;
    if (!host.matches(":popover-open")) return host.showPopover();
    if (!document.querySelector("[popover]:popover-open:not(prepbook-live)")) return;
    host.hidePopover();
    host.showPopover();
  }

  /** @param {boolean} newest */
  function show(newest) {
    document.cookie = `${NEWEST}; path=/; samesite=strict${newest ? "" : "; max-age=0"}`;
  }

  function close() {
    open = false;
    remember(errors());
    draw();
  }

  const errors = () => report.problems.filter(({ severity }) => severity === "error").map(({ id }) => id);

  /** @param {string[]} closed */
  function remember(closed) {
    seen = closed;
    try {
      sessionStorage.setItem(CLOSED, JSON.stringify(closed));
    } catch {
      // Storage is blocked: it opens once more on the next page.
    }
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(CLOSED) || "[]");
    } catch {
      return [];
    }
  }

  /** The errors that the reader knows of. @type {string[]} */
  let seen = remembered();

  closer.addEventListener("click", close);
  chip.addEventListener("click", () => {
    open = true;
    remember([]);
    draw();
    fill();
    origin = chip;
    closer.focus({ preventScroll: true });
  });
  switcher.addEventListener("click", () => {
    show(!document.cookie.includes(NEWEST));
    location.reload();
  });
  // A dialog has closed.
  document.addEventListener("close", () => report.problems.length && raise(), true);
  panel.addEventListener("focusin", ({ relatedTarget }) => {
    const from = /** @type {HTMLElement | null} */ (relatedTarget);
    if (!panel.contains(from)) origin ??= from;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || panel.hidden) return;
    // Those close on the same key, and lie nearer to the reader.
    if (document.querySelector("dialog:modal, [popover=auto]:popover-open, [popover='']:popover-open, :fullscreen")) return;
    close();
  });

  live.problems = {
    begin() {
      document.documentElement.append(host);
      // Not before its style is there: it would be seen without.
      style.addEventListener("load", raise);
    },
    show(next) {
      report = next ?? NOTHING;
      const worse = errors().some((id) => !seen.includes(id));
      seen = errors();
      if (worse) open = true;
      // A mistake that is mended is a new one when it is made again.
      else if (!open) remember(seen);
      // Warnings alone stay only before someone who has asked for them.
      if (!report.errors) open &&= origin === chip;
      // Once all is mended, the next mistake is a new matter.
      const mended = !report.errors && document.cookie.includes(NEWEST);
      if (mended) show(false);
      fill();
      draw();
      if (report.problems.length) raise();
      speaker.textContent = "";
      // Within the same frame as the clearing, a sentence said twice would go unread.
      if (worse) setTimeout(() => (speaker.textContent = `${plural(report.errors, "error")} in the book`), 50);
      return mended;
    },
    hold(isOlder) {
      older = isOlder;
      draw();
    },
    wait: (lost) => void (waiting.hidden = !lost),
  };
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
