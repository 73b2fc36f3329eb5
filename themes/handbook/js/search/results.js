/* Shows what is found below a field while it is typed: a list that arrows go through, with the field as its combobox. It must not
   know what a query means, nor whether it is in a dialog; on its own page the address follows. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const { fill } = prepbook.core.text;
  /** In this order, those that the book has. */
  const KINDS = ["p", "d", "q", "r", "s", "m", "t"];
  const { make } = prepbook.elements;
  const { loader, store } = prepbook.platform;
  const { index: searchIndex, query, excerpt } = prepbook.search;
  const { root = "" } = document.documentElement.dataset;
  /** Results that are shown at once, and each time more are asked for. */
  const BATCH = 10;
  /** Characters of an excerpt. */
  const LENGTH = 170;
  /** Milliseconds without a key before a query is asked, and before it is said what was found. */
  const PAUSE = 60, SILENCE = 700;

  const pointer = matchMedia("(hover: hover)");

  const counted = (/** @type {number} */ count) => fill(text.search_count, { count });
  const marked = (/** @type {SearchSegment[]} */ segments) =>
    segments.map((segment) => (segment.marked ? make("mark", {}, segment.text) : segment.text));

  /** @type {Search["results"]["connect"]} */
  function connect(form, input, view, data, failed, { page = false, links }) {
    let edition = 0;
    let index = searchIndex.open(data, load);
    const status = make("div", { class: "search-status" });
    const list = make("div", { role: "listbox", id: "Found", class: "search-list", "aria-label": text.search_results });
    const more = make("button", { type: "button", class: "search-more" }, text.search_more);
    const live = make("p", { class: "visually-hidden", role: "status" });
    const everything = make("a", { href: form.action }, text.search_page);
    const slash = make("input", { type: "checkbox" });
    const foot = make("div", { class: "search-foot" });
    const choices = ["", ...KINDS.filter((kind) => index.kinds.includes(kind))].map((kind) => ({
      kind,
      input: make("input", { type: "radio", name: "kind", value: kind }),
      count: make("span", { class: "search-count" }),
    }));
    const kinds = make("fieldset", { class: "search-kinds" }, make("legend", { class: "visually-hidden" }, text.search_kind),
      ...choices.map((choice) => make("label", {}, choice.input, make("span", {}, words["search_kind_" + (choice.kind || "all")], " ", choice.count))));
    const scroll = make("div", { class: "search-scroll" }, status, list, more);
    const parts = [live, kinds, scroll, foot];

    /** Another edition's files have other names, or the same and other contents. @param {string} name @param {string} file @returns {Promise<any>} */
    function load(name, file) {
      return loader.load(name, root + file + (edition ? "?edition=" + edition : ""));
    }

    /** @type {SearchResult} */ let result;
    /** @type {SearchHit[]} */ let hits = [];
    /** @type {HTMLElement | null} */ let active = null;
    let kind = "";
    let [shown, turn, timer, saying] = [0, 0, 0, 0];

    const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);

    /** @param {HTMLElement | null | undefined} option */
    function activate(option) {
      active?.setAttribute("aria-selected", "false");
      active = option ?? null;
      active?.setAttribute("aria-selected", "true");
      active?.scrollIntoView({ block: "nearest" });
      if (active) input.setAttribute("aria-activedescendant", active.id);
      else input.removeAttribute("aria-activedescendant");
    }

    /** @param {SearchHit} hit @param {Awaited<ReturnType<SearchIndex["document"]>>} found @param {number} number */
    function option({ kind: of, hidden }, found, number) {
      const { patterns } = result;
      const badge = words["search_badge_" + of];
      const note = hidden && words["search_answer_" + hidden];
      const body = excerpt.cut(found.text, patterns, LENGTH);
      return make("a", {
        role: "option", id: "Found-" + number, tabindex: "-1", "aria-selected": "false", class: "search-hit",
        href: root + found.url + (found.id && "#" + found.id),
      },
        make("span", { class: "search-title" }, ...marked(excerpt.whole(found.title || found.page, patterns))),
        ...(badge ? [" ", make("span", { class: "search-badge" }, badge)] : []),
        ...(note ? [" ", make("span", { class: "search-note" }, note)] : []),
        ...(body.length ? [" ", make("span", { class: "search-text" }, ...marked(body))] : []));
    }

    /** @param {SearchHit[]} some */
    const documents = (some) => Promise.all(some.map(async (hit) => ({ hit, document: await index.document(hit.doc) })));

    /** Adds results, those of a page together. @param {Awaited<ReturnType<typeof documents>>} found */
    function append(found) {
      for (const number of new Set(found.map(({ hit }) => hit.page))) {
        const [first, ...others] = found.filter(({ hit }) => hit.page === number);
        const id = `Found-${shown}-page`;
        const group = make("div", { role: "group", "aria-labelledby": id, class: "search-group" });
        const best = option(first.hit, first.document, shown++);
        // The page itself heads its sections, if it is the best of them.
        if (first.document.id) group.append(make("p", { role: "presentation", id, class: "search-page-title" }, first.document.page));
        else best.firstElementChild?.setAttribute("id", id);
        best.classList.toggle("is-page", !first.document.id);
        group.append(best, ...others.map(({ hit, document }) => option(hit, document, shown++)));
        list.append(group);
      }
      more.hidden = shown >= hits.length;
    }

    /** What there is to say about the query, above its results. */
    function remarks() {
      const { asked, corrections, common, short, suggestions } = result;
      if (!asked) return [make("p", {}, text.search_tip_row), make("p", {}, text.search_tip_signs)];
      const said = corrections.map(({ word, instead }) =>
        make("p", {}, fill(text.search_corrected, { word, others: instead.slice(0, 3).map((other) => fill(text.search_quoted, { word: other })).join(", ") })));
      if (common.length) said.push(make("p", {}, text.search_common));
      if (hits.length) return said;
      if (result.hits.length) return [...said, make("p", {}, text.search_none_of_kind)];
      said.push(make("p", { class: "search-none" }, fill(text.search_none, { query: input.value.trim() })));
      if (short.length) said.push(make("p", {}, text.search_short));
      const ways = suggestions.map((suggestion) => {
        const count = make("span", { class: "search-count" }, counted(suggestion.count));
        const button = make("button", { type: "button" }, fill(suggestion.instead ? text.search_instead : text.search_without, suggestion), " ", count);
        button.addEventListener("click", () => {
          input.value = suggestion.text;
          input.focus();
          run();
        });
        return button;
      });
      const places = /** @type {const} */ (["contents", "glossary", "practice"])
        .flatMap((key) => (links[key] ? make("a", { href: links[key] }, words["search_" + key]) : []));
      return [...said, make("p", { class: "search-ways" }, ...ways), make("p", { class: "search-ways" }, ...places)];
    }

    function address() {
      const parameters = new URLSearchParams({ ...(input.value.trim() && { q: input.value.trim() }), ...(kind && { kind }) });
      const search = parameters.size ? "?" + parameters : "";
      everything.href = form.action + search;
      if (!page) return;
      try {
        history.replaceState(history.state, "", location.pathname + search + location.hash);
      } catch {
        // Some browsers refuse that to pages opened from disk.
      }
    }

    /** Shows what of the result is of the chosen kind. */
    async function draw() {
      const next = result.hits.filter((hit) => !kind || hit.kind === kind);
      const found = await newest(documents(next.slice(0, BATCH)));
      if (!found) return;
      activate(null);
      [hits, shown] = [next, 0];
      list.replaceChildren();
      append(found);
      for (const choice of choices) {
        const count = result.hits.filter((hit) => !choice.kind || hit.kind === choice.kind).length;
        choice.count.textContent = result.asked ? String(count) : "";
      }
      status.replaceChildren(...remarks());
      list.hidden = everything.hidden = !hits.length;
      if (!list.isConnected) view.replaceChildren(...parts);
      view.removeAttribute("aria-busy");
      scroll.scrollTop = 0;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      // Where fingers type, the first result would be opened by what is meant to put the keyboard away.
      if (!page && pointer.matches) activate(options()[0]);
      clearTimeout(saying);
      const count = hits.length ? counted(hits.length) : "";
      saying = window.setTimeout(() => (live.textContent = result.asked ? `${status.innerText} ${count}`.trim() : ""), SILENCE);
      address();
    }

    /** What is promised, unless something newer has been asked for by then. @type {<T>(promise: Promise<T>) => Promise<T | null>} */
    async function newest(promise) {
      const mine = ++turn;
      try {
        const value = await promise;
        return mine === turn ? value : null;
      } catch (error) {
        if (mine === turn) throw error;
        return null;
      }
    }

    async function ask() {
      clearTimeout(timer);
      const found = await newest(query.search(input.value, index));
      if (!found) return;
      result = found;
      await draw();
    }

    /** The index as it is by now: the book may have been published anew since this page was opened. */
    async function renew() {
      edition += 1;
      index = searchIndex.open(await load("search/root", "search/root.js"), load);
      await ask();
    }
    const again = () => renew().catch(() => failed(again));
    const run = () => ask().catch(() => (edition ? failed(again) : again()));

    async function extend() {
      const mine = turn;
      try {
        const found = await documents(hits.slice(shown, shown + BATCH));
        if (mine === turn) append(found);
      } catch {
        again();
      }
    }

    /** @param {number} step */
    async function move(step) {
      const at = active ? options().indexOf(active) : step > 0 ? -1 : 0;
      if (at + step === shown && !more.hidden) await extend();
      if (shown) activate(options()[(at + step + shown) % shown]);
    }

    input.addEventListener("input", () => {
      activate(null); // What was found for another query is not for Enter to open, nor to be shown or missed any more.
      turn += 1;
      view.setAttribute("aria-busy", "true");
      clearTimeout(timer);
      timer = window.setTimeout(run, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (event.isComposing) return;
      if (key === "Enter" && active) {
        event.preventDefault();
        if (ctrlKey || metaKey) window.open(/** @type {HTMLAnchorElement} */ (active).href, "_blank", "noopener");
        else active.click();
      } else if (key === "Enter" && (page || !pointer.matches)) {
        event.preventDefault();
        if (!pointer.matches) input.blur();
      } else if (key === "Escape" && input.value) {
        event.preventDefault();
        input.value = "";
        run();
      } else if (/^Arrow(Up|Down)$/.test(key) && !ctrlKey && !metaKey && !altKey && !shiftKey) {
        event.preventDefault();
        move(key === "ArrowDown" ? 1 : -1);
      }
    });
    more.addEventListener("click", async () => {
      const first = shown;
      await extend();
      input.focus();
      activate(options()[first]);
    });
    for (const choice of choices) {
      choice.input.addEventListener("change", () => {
        kind = choice.kind;
        draw().catch(again);
      });
    }

    // While the book is being written, each time may find another one.
    if ("prepbookLive" in globalThis) input.addEventListener("focus", again);
    if (page) {
      const wanted = new URLSearchParams(location.search).get("kind") ?? "";
      kind = index.kinds.includes(wanted) ? wanted : "";
      slash.checked = store.read("search-slash", true);
      slash.addEventListener("change", () => store.write("search-slash", slash.checked));
      foot.append(make("label", {}, slash, " ", text.search_slash));
    } else {
      const keys = [["↑ ↓", text.search_choose], ["Enter", text.search_open], ["Esc", text.search_clear]]
        .flatMap(([key, does]) => [make("kbd", {}, key), " " + does + " "]);
      foot.append(make("span", { class: "search-keys", "aria-hidden": "true" }, ...keys), everything);
    }
    for (const choice of choices) choice.input.checked = choice.kind === kind;
    kinds.hidden = choices.length < 3;
    for (const [attribute, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(attribute, value);
    run();
  }

  prepbook.search.results = { connect };
  prepbook.data("search", prepbook.search);
})(prepbook);
