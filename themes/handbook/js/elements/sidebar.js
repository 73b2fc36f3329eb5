/* Replaces the server's short list of chapters by the whole tree of contents: chapters from the root file, a chapter's pages
   from its own file once it is opened. Remembers what is open and where it was scrolled to. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, make } = prepbook.elements;
  const { store, loader } = prepbook.platform;
  const { tree } = prepbook.core;
  const { root = "", page = "" } = document.documentElement.dataset;

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

  /** @param {Element} list */
  async function build(list, version = "") {
    const source = document.querySelector("script[data-contents]")?.getAttribute("data-contents") || "";
    const { chapters } = await loader.load("contents/root", source + version);
    // Which chapter is ours is for the server to say: a page's address need not tell.
    const marked = [...list.querySelectorAll("a")].find((link) => link.ariaCurrent);
    const ours = chapters.find(({ url }) => url && new URL(root + url, document.baseURI).href === marked?.href);
    const path = ours?.url ? [ours.url, ...tree.path(await entriesBelow(ours), page)] : [];
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

    sidebar.addEventListener("prepbook:show", show, { signal }); // From the drawer: closed, it costs nothing.
    wide.addEventListener("change", showIfWide, { signal });
    document.addEventListener("prepbook:contents", ({ detail }) => asked && build(list, "?v=" + detail), { signal });
    addEventListener("pagehide", () => store.session.write("sidebar-scroll", scroller.scrollTop), { signal });
    showIfWide();
  });
})(prepbook);
