/* Makes the one global name that every other script registers on, and keeps what the book's data files register, by name. It
   must not know any of it. */
globalThis.prepbook ??= /** @type {any} */ ({
  data: (/** @type {string} */ name, /** @type {unknown} */ value) => prepbook.values.set(name, value),
  values: new Map(),
  core: {},
  platform: {},
  elements: {},
});

/* Questions about the tree of contents: which branch a page is on, which branches are open. URLs count from the site's
   root. It must not know the document, nor where the tree comes from. */
(function (prepbook) {
  "use strict";
  /** Open branches to remember; the oldest is forgotten first. */
  const LIMIT = 200;

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
        if (tree.plain(entry.url) === tree.plain(url)) return [entry.url];
        const below = tree.path(entry.children || [], url);
        if (below.length) return [entry.url, ...below];
      }
      return [];
    },
    toggled(opened, url, open) {
      const rest = opened.filter((other) => other !== url);
      return open ? [...rest, url].slice(-LIMIT) : rest;
    },
  };
  prepbook.core.tree = tree;
})(prepbook);

/* Decides which section is being read from where the headings stand. It must not know how places are measured. */
(function (prepbook) {
  "use strict";
  prepbook.core.reading = {
    /** The last heading that has passed the line; at the page's end the very last, since a short section never gets there. */
    current(tops, line, atEnd) {
      if (atEnd) return tops.length - 1;
      let index = -1;
      while (index + 1 < tops.length && tops[index + 1] <= line) index += 1;
      return index;
    },
  };
})(prepbook);

/* Decides what the copy button takes from a block of code. It must not know the block's markup. */
(function (prepbook) {
  "use strict";
  /** Recorded sessions, where output stands between the commands. */
  const SESSION = /^(console|(shell|sh)-?session)$/;

  prepbook.core.code = {
    /** All but the last line's end; from a session the commands alone, without their prompts. */
    copyable(text, language) {
      const whole = text.replace(/\n+$/, "");
      if (!SESSION.test(language)) return whole;
      const commands = [];
      let continued = false;
      for (const line of whole.split("\n")) {
        const command = /^[$#] (.*)/.exec(line);
        if (command) commands.push(command[1]);
        else if (continued) commands.push(line.replace(/^> /, ""));
        continued = (command || continued) && line.endsWith("\\");
      }
      return commands.join("\n") || whole;
    },
    language: (classes) => /(?:^|\s)language-(\S+)/.exec(classes)?.[1] ?? "",
  };
})(prepbook);

/* Where a key leads in a row of tabs. It must not know the document. */
(function (prepbook) {
  "use strict";
  prepbook.core.tabs = {
    /** Arrows follow the direction of writing. */
    move(key, index, count, rightToLeft) {
      const [back, forward] = rightToLeft ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
      if (key === forward) return (index + 1) % count;
      if (key === back) return (index + count - 1) % count;
      if (key === "Home") return 0;
      return key === "End" ? count - 1 : null;
    },
  };
})(prepbook);

/* What the browser keeps for this book: JSON under `prepbook.<book>.<key>`. Storage that is blocked, full or damaged reads
   as the fallback and writes as nothing. It must not know what is kept. */
(function (prepbook) {
  "use strict";
  const prefix = "prepbook." + document.documentElement.dataset.book + ".";

  /** @param {"localStorage" | "sessionStorage"} area  a name, since even asking for the object may be refused */
  const shelf = (area) => ({
    /**
     * @template T
     * @param {string} key
     * @param {T} fallback
     * @returns {T}
     */
    read(key, fallback) {
      try {
        const value = JSON.parse(window[area].getItem(prefix + key) || "null");
        const fits = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback);
        return fits && value !== null ? value : fallback;
      } catch {
        return fallback;
      }
    },
    /** @type {Shelf["write"]} */
    write(key, value) {
      try {
        window[area].setItem(prefix + key, JSON.stringify(value));
      } catch {
        // The page works the same, it only forgets.
      }
    },
  });

  prepbook.platform.store = {
    ...shelf("localStorage"),
    session: shelf("sessionStorage"),
    watch(key, listener, signal) {
      window.addEventListener("storage", (event) => event.key === prefix + key && listener(), { signal });
    },
  };
})(prepbook);

/* Loads the book's data files by adding a script element, since fetch is refused on file://. It must not know what is in
   them. */
(function (prepbook) {
  "use strict";
  const { values } = prepbook;
  /** @type {Map<string, Promise<unknown>>} */
  const loading = new Map();

  prepbook.platform.loader = {
    load(name, source) {
      const promise = loading.get(name) || new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = script.onerror = () => {
          if (values.has(name)) return resolve(values.get(name));
          loading.delete(name); // So that a later try asks again.
          reject(new Error(source + " did not give " + name));
        };
        document.head.append(script);
      });
      loading.set(name, promise);
      return promise;
    },
  };
})(prepbook);

/* Puts text on the clipboard, also where the newer interface is refused (plain http, some pages opened from disk). */
(function (prepbook) {
  "use strict";
  prepbook.platform.clipboard = {
    async write(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        const focused = /** @type {HTMLElement} */ (document.activeElement);
        const area = document.createElement("textarea");
        area.className = "visually-hidden";
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        focused.focus();
        return done;
      }
    },
  };
})(prepbook);

/* Says a sentence to people who use a screen reader, through one live region. */
(function (prepbook) {
  "use strict";
  // The region must be there before the first sentence, or that one is not read.
  const region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);

  prepbook.platform.announce = {
    say(text) {
      region.textContent = "";
      // Within the same frame as the clearing, a sentence said twice would go unread.
      setTimeout(() => (region.textContent = text), 50);
    },
  };
})(prepbook);

/* Connects behaviour to markup: which selector gets which function, once for each element. It must not know any behaviour. */
(function (prepbook) {
  "use strict";
  /** @type {{selector: string, connect: Connect, connected: Map<Node, AbortController>}[]} */
  const definitions = [];

  prepbook.elements = {
    define: (selector, connect) => void definitions.push({ selector, connect, connected: new Map() }),

    connect(root) {
      for (const { selector, connect, connected } of definitions) {
        for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))) {
          if (connected.has(element)) continue;
          const listening = new AbortController();
          connected.set(element, listening);
          connect(element, listening.signal);
        }
      }
    },

    disconnect(root) {
      for (const { connected } of definitions) {
        for (const [element, listening] of connected) {
          if (!root.contains(element)) continue;
          connected.delete(element);
          listening.abort();
        }
      }
    },

    make(name, attributes, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        if (value !== null) element.setAttribute(key, value);
      }
      element.append(...children);
      return element;
    },
  };
})(prepbook);

/* The choice of colours in the running head. The boot script applies it on the pages to come; this one applies it now, in
   every open tab. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { store } = prepbook.platform;
  const THEMES = ["System", "Light", "Dark"];
  const root = document.documentElement;

  define(".tools", (tools, signal) => {
    const options = THEMES.map((name) => make("option", { value: name.toLowerCase() }, name));
    const select = make("select", {}, ...options);
    const apply = () => {
      if (select.value === "system") delete root.dataset.theme;
      else root.dataset.theme = select.value;
    };
    select.value = store.read("theme", root.dataset.theme || "system");
    select.addEventListener("change", () => {
      store.write("theme", select.value);
      apply();
    });
    store.watch("theme", () => {
      select.value = store.read("theme", "system");
      apply();
    }, signal);
    tools.append(make("label", { class: "theme-switch" }, make("span", {}, "Theme"), select));
  });
})(prepbook);

/* Replaces the server's short list of chapters by the whole tree of contents: chapters from the root file, a chapter's pages
   from its own file once it is opened. Remembers what is open and where it was scrolled to. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { store, loader } = prepbook.platform;
  const { tree } = prepbook.core;
  const { root = "", page = "" } = document.documentElement.dataset;

  const openBranches = () => store.read("sidebar", /** @type {string[]} */ ([]));

  /** @param {ContentsEntry} entry */
  async function entriesBelow({ file, children = [] }) {
    if (!file) return children;
    const name = file.replace(/(-[0-9a-f]+)?\.js$/, "");
    return /** @type {ContentsChapter} */ (await loader.load(name, root + file)).entries;
  }

  /** @type {(entry: ContentsEntry, path: string[]) => Promise<HTMLElement>} `path` leads to the current page */
  async function item(entry, path) {
    const { title, url, part, file, children = [] } = entry;
    const around = path.includes(url);
    const current = tree.plain(url) === tree.plain(page) ? "page" : around ? "true" : null;
    const link = make("a", { href: root + url, "aria-current": current }, title);
    const element = make("li", {}, link);
    if (part) element.prepend(make("p", { class: "part" }, part));
    if (!file && !children.length) return element;

    const button = make("button", { type: "button", class: "twist", "aria-label": "Pages in " + title });
    element.append(make("div", { class: "branch" }, link, button));
    /** @type {HTMLElement | undefined} */
    let list;
    let open = around || openBranches().includes(url);

    const show = async () => {
      button.setAttribute("aria-expanded", String(open));
      if (list) list.hidden = !open;
      else if (open) {
        list = make("ul", {});
        element.append(list);
        try {
          list.append(...(await items(await entriesBelow(entry), path)));
        } catch {
          list.remove();
          list = undefined; // The next opening asks again.
          open = false;
          await show();
        }
      }
    };
    button.addEventListener("click", () => {
      open = !open;
      store.write("sidebar", tree.toggled(openBranches(), url, open));
      show();
    });
    await show();
    return element;
  }

  /** @type {(entries: ContentsEntry[], path: string[]) => Promise<HTMLElement[]>} */
  const items = (entries, path) => Promise.all(entries.map((entry) => item(entry, path)));

  /** @param {Element} list */
  async function build(list) {
    const source = document.querySelector("script[data-contents]")?.getAttribute("data-contents") || "";
    const { chapters } = /** @type {ContentsRoot} */ (await loader.load("contents/root", source));
    // Which chapter is ours is for the server to say: a page's address need not tell.
    const marked = /** @type {HTMLAnchorElement | null} */ (list.querySelector(":scope > li > a[aria-current]"));
    const ours = chapters.find(({ url }) => new URL(root + url, document.baseURI).href === marked?.href);
    const path = ours ? [ours.url, ...tree.path(await entriesBelow(ours), page)] : [];
    list.replaceChildren(...(await items(chapters, path)));
  }

  define(".sidebar", (sidebar, signal) => {
    const wide = matchMedia("(min-width: 60rem)");
    const [scroller, list] = [".sidebar-scroll", ".tree"].map((selector) => sidebar.querySelector(selector));
    if (!scroller || !list) return;
    let asked = false;

    const show = async () => {
      if (!asked) {
        asked = true;
        await build(list).catch(() => (asked = false));
      }
      // Where the reader left it; and where the current page is, if that hides it.
      scroller.scrollTop = store.session.read("sidebar-scroll", 0);
      const place = list.querySelector("[aria-current=page]")?.getBoundingClientRect();
      const frame = scroller.getBoundingClientRect();
      if (place && (place.top < frame.top || place.bottom > frame.bottom)) {
        scroller.scrollTop += place.top - frame.top - frame.height / 3;
      }
    };
    const showIfWide = () => wide.matches && show();

    sidebar.addEventListener("prepbook:show", show, { signal }); // From the drawer: while it is closed it costs nothing.
    wide.addEventListener("change", showIfWide, { signal });
    addEventListener("pagehide", () => store.session.write("sidebar-scroll", scroller.scrollTop), { signal });
    showIfWide();
  });
})(prepbook);

/* On narrow screens the sidebar opens in a modal dialog: the browser keeps the focus inside, closes it on Escape and gives
   the focus back. Without scripts the same link jumps to the chapters. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;

  define("a.menu", (link, signal) => {
    const sidebar = document.getElementById("Sidebar");
    if (!sidebar) return;
    const wide = matchMedia("(min-width: 60rem)");
    const place = document.createComment("");
    const button = make("button", { type: "button", class: "menu", "aria-haspopup": "dialog" }, "Menu");
    const closer = make("button", { type: "button", class: "drawer-close" }, "Close");
    const dialog = make("dialog", { class: "drawer", "aria-label": "Menu" }, closer);
    const close = () => dialog.close();

    button.addEventListener("click", () => {
      sidebar.before(place);
      dialog.append(sidebar);
      dialog.showModal();
      sidebar.dispatchEvent(new Event("prepbook:show"));
    });
    closer.addEventListener("click", close);
    dialog.addEventListener("close", () => place.replaceWith(sidebar));
    dialog.addEventListener("click", ({ target }) => {
      // A click on the dialog itself is one beside its content; a link may lead to a place on this very page.
      if (target === dialog || (target instanceof Element && target.closest("a"))) close();
    });
    wide.addEventListener("change", close, { signal });
    link.replaceWith(button);
    document.body.append(dialog);
  });
})(prepbook);

/* Marks the section being read in the list of headings. Wide screens show the list whole: the stylesheet sees to that where
   it can, and this opens it where it cannot. */
(function (prepbook) {
  "use strict";
  const { define } = prepbook.elements;
  const { reading, tree } = prepbook.core;
  /** How far down the window a heading counts as reached, as a share of its height. */
  const LINE = 0.25;

  define(".outline", (outline, signal) => {
    const details = /** @type {HTMLDetailsElement} */ (outline.querySelector("details"));
    const wide = matchMedia("(min-width: 82rem)");
    const page = document.documentElement;
    const links = [...outline.querySelectorAll("a")].filter((link) => heading(link));
    let request = 0;

    /** @param {HTMLAnchorElement} link */
    function heading(link) {
      return /** @type {Element} */ (document.getElementById(tree.plain(link.hash.slice(1))));
    }
    function mark() {
      request = 0;
      const tops = links.map((link) => heading(link).getBoundingClientRect().top);
      const atEnd = scrollY > 0 && scrollY + innerHeight >= page.scrollHeight - 2;
      const link = links[reading.current(tops, innerHeight * LINE, atEnd)];
      const marked = outline.querySelector("[aria-current]");
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "location");
      if (!link || !wide.matches) return;
      // Not `scrollIntoView`, which would move the page as well.
      const frame = outline.getBoundingClientRect();
      const place = link.getBoundingClientRect();
      outline.scrollTop += Math.min(0, place.top - frame.top) + Math.max(0, place.bottom - frame.bottom);
    }
    const schedule = () => void (request ||= requestAnimationFrame(mark));
    const unfold = () => void (details.open = wide.matches);

    addEventListener("scroll", schedule, { passive: true, signal });
    addEventListener("resize", schedule, { signal });
    wide.addEventListener("change", unfold, { signal });
    outline.addEventListener("click", ({ target }) => target instanceof HTMLAnchorElement && unfold(), { signal });
    unfold();
    mark();
  });
})(prepbook);

/* A button on every block of code that copies its text. Numbers and signs in the margin are drawn by the stylesheet, so the
   text does not hold them. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { clipboard, announce } = prepbook.platform;
  const { copyable, language } = prepbook.core.code;
  /** Milliseconds for which the button says what it did. */
  const FEEDBACK = 2000;

  define(".content pre", (pre) => {
    const code = pre.querySelector("code");
    if (!code) return;
    const button = make("button", { type: "button", class: "copy", "aria-label": "Copy code" }, "Copy");
    let timer = 0;

    button.addEventListener("click", async () => {
      const done = await clipboard.write(copyable(code.textContent || "", language(code.className)));
      button.textContent = done ? "Copied" : "Refused";
      announce.say(done ? "Code copied" : "The browser did not allow copying");
      clearTimeout(timer);
      timer = window.setTimeout(() => (button.textContent = "Copy"), FEEDBACK);
    });

    const figure = pre.closest("figure.code");
    if (figure) return figure.append(button);
    const wrapper = make("div", { class: "code" });
    pre.replaceWith(wrapper);
    wrapper.append(pre, button);
  });
})(prepbook);

/* A link beside every heading that leads to it. It stands beside the heading, not in it, so that the heading's name stays as
   written. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;

  define(".content :is(h2, h3, h4, h5, h6)[id]", (heading) => {
    const link = make("a", { class: "permalink", href: "#" + heading.id, "aria-label": "Link to " + heading.textContent }, "#");
    const wrapper = make("div", { class: "heading " + heading.localName });
    heading.replaceWith(wrapper);
    wrapper.append(heading, link);
  });
})(prepbook);

/* Turns stacked sections into tabs. Rows with one key move together, here and on later pages. What is in a closed tab can
   still be searched for and linked to. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { store } = prepbook.platform;
  const { tree } = prepbook.core;
  let rows = 0;

  define(".tabs", (tabs, signal) => {
    const panels = /** @type {HTMLElement[]} */ ([...tabs.querySelectorAll(":scope > .tab")]);
    const names = panels.map((panel) => panel.dataset.tab || "");
    const key = tabs.dataset.key || "";
    const id = "tabs-" + ++rows + "-";

    const buttons = panels.map((panel, index) => {
      const button = make("button", { type: "button", role: "tab", id: id + index }, names[index]);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      button.addEventListener("click", () => choose(index));
      // The browser found something in it, and is about to show it.
      panel.addEventListener("beforematch", () => choose(index), { signal });
      return button;
    });
    const row = make("div", { role: "tablist", class: "tab-row" }, ...buttons);

    /** @param {number} chosen */
    function show(chosen) {
      panels.forEach((panel, index) => {
        const selected = index === chosen;
        buttons[index].setAttribute("aria-selected", String(selected));
        buttons[index].tabIndex = panel.tabIndex = selected ? 0 : -1;
        if (selected) panel.removeAttribute("hidden");
        else panel.setAttribute("hidden", "until-found");
      });
    }
    /** @param {number} chosen */
    function choose(chosen) {
      const before = tabs.getBoundingClientRect().top;
      show(chosen);
      if (!key) return;
      store.write("tab." + key, names[chosen]);
      document.dispatchEvent(new CustomEvent("prepbook:tab", { detail: { key, name: names[chosen] } }));
      // Rows above may have grown or shrunk; what the reader looks at must not move.
      scrollBy({ top: tabs.getBoundingClientRect().top - before, behavior: "instant" });
    }
    function revealTarget() {
      const target = document.getElementById(tree.plain(location.hash.slice(1)));
      const index = panels.findIndex((panel) => panel.contains(target));
      if (index < 0 || !panels[index].hidden) return;
      choose(index);
      target?.scrollIntoView();
    }

    row.addEventListener("keydown", (event) => {
      const from = buttons.findIndex((button) => button === event.target);
      const to = prepbook.core.tabs.move(event.key, from, buttons.length, getComputedStyle(row).direction === "rtl");
      if (to === null) return;
      event.preventDefault();
      choose(to);
      buttons[to].focus();
    });
    document.addEventListener("prepbook:tab", (event) => {
      const { detail } = /** @type {CustomEvent<{key: string, name: string}>} */ (event);
      const index = names.indexOf(detail.name);
      if (detail.key === key && index >= 0) show(index);
    }, { signal });
    addEventListener("hashchange", revealTarget, { signal });
    tabs.prepend(row);
    tabs.classList.add("enhanced");
    show(Math.max(0, names.indexOf(store.read("tab." + key, ""))));
    revealTarget();
  });
})(prepbook);

/* Lets the keyboard scroll what is wider than its place, and only that: a box that fits is no stop on the way. */
(function (prepbook) {
  "use strict";
  prepbook.elements.define(".content :is(pre, .table)", (box) => {
    const attributes = {
      tabindex: "0",
      role: "group",
      "aria-label": (box.matches("pre") ? "Code" : "Table") + ", scrolls sideways",
    };
    new ResizeObserver(() => {
      const overflows = box.scrollWidth > box.clientWidth + 1;
      for (const [name, value] of Object.entries(attributes)) {
        if (overflows) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }).observe(box);
  });
})(prepbook);

/* On a listing, a click on a line's number puts the line into the address. */
(function (prepbook) {
  "use strict";
  prepbook.elements.define(".content pre.numbers", (pre) => {
    pre.addEventListener("click", ({ target, clientX }) => {
      const line = target instanceof Element && target.closest(".line[id]");
      if (!line) return;
      // The numbers stick to the block's edge while the code scrolls under them.
      const distance = clientX - pre.getBoundingClientRect().left;
      if (distance > parseFloat(getComputedStyle(line, "::before").width)) return;
      location.replace("#" + line.id); // Not a step back for every line clicked.
    });
  });
})(prepbook);

/* Starts everything, once the page is there. */
prepbook.elements.connect(document);
