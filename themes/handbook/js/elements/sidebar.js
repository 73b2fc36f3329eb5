/* The whole tree of contents in place of the server's chapters, for whoever goes to the sidebar, and at once from then on: a
   chapter's pages come from a file of their own when it is opened. Remembers what is open and its place. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, make } = prepbook.elements;
  const { store, loader } = prepbook.platform;
  const { tree } = prepbook.core;
  const { root = "", page = "" } = document.documentElement.dataset;

  /** So many pages that fit are shown. */
  const MOST = 50;

  const openBranches = () => store.read("sidebar", /** @type {string[]} */ ([]));

  /** @param {ContentsEntry} entry */
  async function entriesBelow({ file, children = [] }) {
    if (!file) return children;
    const name = file.replace(/(-[0-9a-f]+)?\.js$/, "");
    return (await loader.load(name, root + file)).entries;
  }

  /** @type {(entry: ContentsEntry, path: string[]) => Promise<HTMLElement>} `path` leads to the current page */
  async function item(entry, path) {
    const { title, url, part, file, children = [] } = entry;
    const around = !!url && path.includes(url);
    const current = url && tree.plain(url) === tree.plain(page) ? "page" : around ? "true" : null;
    const link = make("a", { href: url && root + url, "aria-current": current }, title);
    const element = make("li", {}, link);
    if (part) element.prepend(make("p", { class: "part" }, part));
    if (!url || (!file && !children.length)) return element;

    const label = prepbook.core.text.fill(text.pages_in, { title });
    const button = make("button", { type: "button", class: "twist", "aria-label": label });
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

  const contents = (version = "") =>
    loader.load("contents/root", (document.querySelector("script[data-contents]")?.getAttribute("data-contents") || "") + version);

  /** @param {Element} list */
  async function build(list, version = "") {
    const { chapters } = await contents(version);
    // Which chapter is ours is for the server to say: a page's address need not tell.
    const marked = [...list.querySelectorAll("a")].find((link) => link.ariaCurrent);
    const ours = chapters.find(({ url }) => url && new URL(root + url, document.baseURI).href === marked?.href);
    const path = ours?.url ? [ours.url, ...tree.path(await entriesBelow(ours), page)] : [];
    const focused = document.activeElement instanceof HTMLAnchorElement && list.contains(document.activeElement);
    const href = focused ? /** @type {HTMLAnchorElement} */ (document.activeElement).href : null;
    list.replaceChildren(...(await items(chapters, path)));
    if (href) [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus();
  }

  /** A field that shows, in place of the tree, the pages whose titles have its words. @param {Element} list */
  function filter(list) {
    const input = make("input", { type: "search", class: "tree-filter", "aria-label": text.filter_pages, placeholder: text.filter_pages, autocomplete: "off" });
    const found = make("ul", { class: "tree", hidden: "" });
    list.after(found);
    let asked = "";

    input.addEventListener("input", async () => {
      const query = (asked = input.value.trim());
      /** @type {HTMLElement} */ (list).hidden = !!query;
      found.hidden = !query;
      if (!query) return;
      const { chapters } = await contents().catch(() => ({ chapters: [] }));
      const all = await Promise.all(chapters.map(async (chapter) => ({ ...chapter, children: await entriesBelow(chapter).catch(() => []) })));
      if (query !== asked) return;
      const pages = tree.matching(all, query).slice(0, MOST);
      found.replaceChildren(...pages.map(({ title, url }) => make("li", {}, make("a", { href: root + url }, title))));
      if (!pages.length) found.append(make("li", { class: "about" }, text.filter_nothing));
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault(); // The drawer stays open.
      input.value = "";
      input.dispatchEvent(new Event("input"));
    });
    return input;
  }

  define(".sidebar", (sidebar, signal) => {
    const wide = matchMedia("(min-width: 60rem)");
    const [scroller, list] = [".sidebar-scroll", ".tree"].map((selector) => sidebar.querySelector(selector));
    if (!scroller || !list) return;
    // At once: its place would be a hole until the tree is wanted.
    sidebar.querySelector(".tree-filter-place:empty")?.append(filter(list));
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
    const use = () => {
      store.write("sidebar-used", true);
      show();
    };
    const showIfWide = () => wide.matches && store.read("sidebar-used", false) && show();

    sidebar.addEventListener("prepbook:show", use, { signal }); // From the drawer: closed, it costs nothing.
    for (const intent of ["pointerenter", "focusin"]) sidebar.addEventListener(intent, use, { signal, once: true });
    wide.addEventListener("change", showIfWide, { signal });
    document.addEventListener("prepbook:contents", ({ detail }) => asked && build(list, "?v=" + detail), { signal });
    addEventListener("pagehide", () => store.session.write("sidebar-scroll", scroller.scrollTop), { signal });
    showIfWide();
  });
})(prepbook);
