/* Brings up to date what a page takes in from other files: style sheets, pictures, films, and the theme's tree of contents.
   Only what has changed is touched. It must not know when. */
(function (live) {
  "use strict";
  const MEDIA = "img, source, video, audio, track, embed, object, image, input[type=image]";
  const ADDRESSES = ["src", "srcset", "poster", "data", "href", "xlink:href"];
  /** The file's address in an attribute that says `?v=…` by now. @type {WeakMap<Element, Map<string, [string, string]>>} */
  const written = new WeakMap();
  /** What is shown of a file, by its address. @type {Map<string, string>} */
  const prints = new Map();
  /** Since which version a file is another than the one that the page came with. @type {Map<string, string>} */
  const versions = new Map();
  /** The style sheets that go when this one is there. @type {Map<HTMLLinkElement, HTMLLinkElement[]>} */
  const leaving = new Map();

  /** @param {string} url */
  const local = (url) => new URL(url, document.baseURI).origin === location.origin;

  /** @param {string} url @param {string} version */
  function versioned(url, version) {
    const address = new URL(url, document.baseURI);
    address.searchParams.set("v", version);
    return address.href;
  }

  live.styles = (version) => {
    const gone = new Set([...leaving.values()].flat());
    for (const link of document.querySelectorAll("link")) {
      if (!link.relList.contains("stylesheet") || !link.href || !local(link.href) || gone.has(link)) continue;
      // Without the old one until the new one is there, the page would show bare.
      const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
      leaving.set(next, [link, ...(leaving.get(link) ?? [])]);
      leaving.delete(link);
      next.href = versioned(link.href, version);
      next.onload = next.onerror = () => {
        leaving.get(next)?.forEach((old) => old.remove());
        leaving.delete(next);
      };
      live.replace(link, next);
      link.after(next);
    }
  };

  /** What tells the versions of a file apart. @param {Response} response */
  async function print(response) {
    if (!response.ok) return "";
    const tag = response.headers.get("etag");
    if (tag) {
      response.body?.cancel(); // A film need not come twice.
      return tag;
    }
    if (!isSecureContext) return String(Math.random());
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return [...new Uint8Array(digest)].join();
  }

  /** Whether the file is another than the one shown. @param {string} url */
  async function changed(url) {
    // What the browser has kept is what it shows, unless we have looked since.
    const known = prints.get(url)
      ?? (await fetch(url, { cache: "only-if-cached", mode: "same-origin" }).then(print).catch(() => ""));
    const now = await fetch(url, { cache: "reload" }).then(print);
    prints.set(url, now);
    return known !== now;
  }

  /** The addresses in an attribute, which for `srcset` are several. @param {string} name @param {string} value */
  const addresses = (name, value) =>
    name === "srcset" ? value.split(/,\s+/).map((part) => part.trim().split(/\s+/)[0]) : [value];

  /** @param {string} url */
  const full = (url) => new URL(url, document.baseURI).href.split("#")[0];

  /** Where the page shows files of this site, and under which addresses as the server wrote them. */
  function uses() {
    /** @type {{element: Element, name: string, shown: string, value: string, urls: string[]}[]} */
    const found = [];
    for (const element of document.querySelectorAll(MEDIA)) {
      for (const name of ADDRESSES) {
        const shown = element.getAttribute(name);
        if (!shown) continue;
        const known = written.get(element)?.get(name);
        const value = known?.[1] === shown ? known[0] : shown;
        const urls = addresses(name, value).filter((url) => url && URL.canParse(url, document.baseURI) && local(url));
        if (urls.length) found.push({ element, name, shown, value, urls });
      }
    }
    return found;
  }

  live.files = async (version) => {
    const all = new Set(uses().flatMap(({ urls }) => urls.map(full)));
    await Promise.all([...all].map(async (url) => (await changed(url)) && versions.set(url, version)));
    live.renew();
  };

  live.renew = () => {
    if (!versions.size) return;
    for (const { element, name, shown, value, urls } of uses()) {
      const renewed = (/** @type {string} */ text, /** @type {string} */ url) => {
        const version = versions.get(full(url));
        return version ? text.replace(url, () => versioned(url, version)) : text;
      };
      const now = urls.reduce(renewed, value);
      if (now === shown) continue;
      written.set(element, (written.get(element) ?? new Map()).set(name, [value, now]));
      if (name === "xlink:href") element.setAttributeNS("http://www.w3.org/1999/xlink", name, now);
      else element.setAttribute(name, now);
      if (element.localName === "source") /** @type {Partial<HTMLMediaElement>} */ (element.parentElement)?.load?.();
    }
  };

  live.contents = (version) => {
    document.dispatchEvent(new CustomEvent("prepbook:contents", { detail: version }));
    const tree = document.querySelector(".tree");
    if (!tree) return;
    /** @param {HTMLElement} element */
    const name = (element) => element.getAttribute("href") ?? element.getAttribute("aria-label");
    const all = () => /** @type {NodeListOf<HTMLElement>} */ (tree.querySelectorAll("a, button"));
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const held = tree.contains(focused) && name(focused);
    const closed = [...all()].filter((element) => element.ariaExpanded === "false").map(name);
    // The theme builds the list anew when it has its file, all at once.
    const watch = new MutationObserver(() => {
      watch.disconnect();
      for (const element of all()) {
        if (element.ariaExpanded === "true" && closed.includes(name(element))) element.click();
        if (held && name(element) === held) element.focus({ preventScroll: true });
      }
    });
    watch.observe(tree, { childList: true });
  };
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
