/* Brings a page up to date in place. It keeps the tree of nodes as the server sent it, beside the one that is shown, compares
   it with the next one and makes the same changes to what is shown; so whatever scripts and readers have done elsewhere
   stays. What scripts have built around or into is replaced as a whole, for them to build again. It must not know why a page
   has changed, nor any script of the page. */
(function (live) {
  "use strict";
  /** The theme fills these itself, and anew when the book's contents change. */
  const OWNED = ".tree";
  /** With others of these a page is another program: it has to be loaded again. */
  const PROGRAM = "script, link[rel~=stylesheet], base, meta[http-equiv]";
  const OURS = "script[data-state]";
  /** Ours, data, and what the browser's extensions bring along. */
  const NO_PROGRAM = `${OURS}, script[type$="json"], script[src*="-extension:"]`;
  // No browser shows this document: pictures in it do not load, custom elements do not run.
  const inert = document.implementation.createHTMLDocument("");
  // The scripts that block the page add to these before the rest is there.
  const rootAttributes = [...document.documentElement.attributes].map((attribute) => attribute.cloneNode());

  /** @type {Element} the page as the server sent it */
  let sent;
  /** @type {WeakMap<Node, Node>} from what the server sent to what is shown */
  const shown = new WeakMap();
  /** @type {{again: () => boolean, restore: () => void}[]} what this patch has replaced as a whole */
  let replaced = [];
  /** @type {Node[]} */
  let moved = [];
  let reload = false;

  /** Pairs two trees of the same form. @param {Node} copy @param {Node} node */
  function bind(copy, node) {
    shown.set(copy, node);
    copy.childNodes.forEach((child, index) => node.childNodes[index] && bind(child, node.childNodes[index]));
  }

  /** What was sent before and is sent again. @param {Node} before @param {Node} after */
  function carry(before, after) {
    const node = shown.get(before);
    if (node) shown.set(after, node);
    before.childNodes.forEach((child, index) => carry(child, after.childNodes[index]));
  }

  /** A node to show. @param {Node} after */
  function made(after) {
    const node = document.importNode(after, true);
    bind(after, node);
    // A script runs once, when the page loads: what it did for the old element cannot be done again here.
    const scripts = node instanceof Element ? [node, ...node.querySelectorAll("script")] : [];
    if (scripts.some((one) => one.localName === "script" && !one.matches(NO_PROGRAM))) reload = true;
    return node;
  }

  /**
   * Where the children of an element stand: for each, the outermost node below the element that holds no other of them, since
   * scripts may have wrapped it. `foreign`: something else stands there, or something is missing.
   * @param {Element} before
   */
  function placesOf(before) {
    const parent = /** @type {Node} */ (shown.get(before));
    /** @type {Map<Node, number>} */
    const holds = new Map();
    const chains = [...before.childNodes].map((child) => {
      const chain = [];
      let node = shown.get(child) ?? null;
      for (; node && node !== parent; node = node.parentNode) chain.push(node);
      if (!node) return [];
      for (const link of chain) holds.set(link, (holds.get(link) ?? 0) + 1);
      return chain;
    });
    const missing = [...before.childNodes].filter((child, index) => !chains[index].length && !trivial(child));
    const foreign = [...parent.childNodes].some((node) => !holds.has(node) && !trivial(node));
    return {
      /** @param {number} index */
      place: (index) => chains[index].filter((link) => holds.get(link) === 1).at(-1) ?? chains[index][0] ?? null,
      foreign: foreign || missing.length > 0,
      gone: missing.length > 0 && !chains.some((chain) => chain.length),
    };
  }

  /** @param {Node} node */
  const trivial = (node) => live.blank(node) || node.nodeType === Node.COMMENT_NODE;

  /** @param {Element} before @param {Element} after */
  function sameAttributes(before, after) {
    return before.attributes.length === after.attributes.length
      && [...after.attributes].every(({ name, value }) => before.getAttribute(name) === value);
  }

  /**
   * Changes what the server has changed, and nothing else.
   * @param {Element} before @param {Element} after @param {Element} node
   */
  function setAttributes(before, after, node) {
    for (const attribute of after.attributes) {
      const { name, value } = attribute;
      if (before.getAttribute(name) === value) continue;
      if (name === "class") {
        node.classList.remove(...before.classList);
        node.classList.add(...after.classList);
        // As a copy, since HTML allows names that `setAttribute` does not.
      } else node.setAttributeNode(/** @type {Attr} */ (attribute.cloneNode()));
    }
    for (const { name } of before.attributes) if (!after.hasAttribute(name)) node.removeAttribute(name);
  }

  /**
   * Makes the node of `before` that of `after`, its kin. False if it cannot: then it is to be replaced.
   * @param {Node} before @param {Node} after @param {boolean} wrapped
   */
  function update(before, after, wrapped) {
    const node = shown.get(before);
    if (!node) return false;
    if (!(before instanceof Element && after instanceof Element && node instanceof Element)) {
      node.nodeValue = after.nodeValue;
      shown.set(after, node);
      return true;
    }
    if (wrapped && !live.frame(before)) return false;
    const [old, fresh] = [[...before.childNodes], [...after.childNodes]];
    const places = placesOf(before);
    const match = live.match(old, fresh);
    if (!(places.gone && node.matches(OWNED))) {
      if (places.foreign && !live.frame(before) && ownChange(before, after, match)) return false;
      setChildren(before, old, fresh, match, places.place);
    }
    if (node instanceof HTMLTemplateElement) {
      node.content.replaceChildren(document.importNode(/** @type {HTMLTemplateElement} */ (after).content, true));
    }
    setAttributes(before, after, node);
    shown.set(after, node);
    return true;
  }

  /**
   * Whether a change concerns the element itself or its list of children, which scripts have read; not only what is in one.
   * @param {Element} before @param {Element} after @param {LiveMatch[]} match
   */
  function ownChange(before, after, match) {
    const [old, fresh] = [before.childNodes, after.childNodes];
    if (!sameAttributes(before, after)) return true;
    if (match.length !== old.length || match.some(({ from, kept }) => from < 0 || !kept)) return true;
    return [...fresh].some((child, index) => {
      const other = old[match[index].from];
      if (live.equal(other, child)) return false;
      if (!(other instanceof Element && child instanceof Element)) return true;
      return !sameAttributes(other, child) || !shown.get(other)?.isConnected;
    });
  }

  /**
   * @param {Element} before @param {Node[]} old @param {Node[]} fresh @param {LiveMatch[]} match
   * @param {(index: number) => Node | null} place
   */
  function setChildren(before, old, fresh, match, place) {
    const parent = /** @type {Element} */ (shown.get(before));
    const used = new Set(match.map(({ from }) => from));
    old.forEach((_, index) => !used.has(index) && remove(place(index)));

    /** @param {number} index */
    const standing = (index) => (match[index].kept ? place(match[index].from) : null);
    /** @type {Node | null} what stands behind the child in hand */
    let next = null;
    /** @param {number} index @param {Node} node */
    const put = (index, node) => {
      // The one way to move a thing that leaves a film running; not in every browser yet.
      const insert = node.isConnected && "moveBefore" in parent ? "moveBefore" : "insertBefore";
      if (next?.parentNode) return void /** @type {any} */ (next.parentNode)[insert](node, next);
      // Nothing of the server's follows. What scripts have put at the end stays there.
      let previous = null;
      for (let i = index - 1; i >= 0 && !previous; i -= 1) previous = standing(i);
      const holder = /** @type {any} */ (previous?.parentNode ?? parent);
      holder[insert](node, previous ? previous.nextSibling : parent.firstChild);
    };

    for (let index = fresh.length - 1; index >= 0; index -= 1) {
      const { from, kept } = match[index];
      const child = fresh[index];
      const stands = from < 0 ? null : place(from);
      if (from < 0) {
        const node = made(child);
        put(index, node);
        next = node;
      } else if (live.equal(old[from], child)) {
        carry(old[from], child);
        if (stands && !kept) {
          moved.push(stands);
          put(index, stands);
        }
        next = stands ?? next;
      } else if (update(old[from], child, !!stands && stands !== shown.get(old[from]))) {
        next = stands ?? next;
      } else {
        const node = made(child);
        if (stands) stands.parentNode?.insertBefore(node, stands);
        else put(index, node);
        next = node;
        if (stands && node instanceof Element) note(before, child, node, stands, shown.get(old[from]) !== stands);
        remove(stands);
      }
    }
  }

  /**
   * What became of a thing that is replaced: whether scripts have built it up again, and what the reader had done to it.
   * @param {Element} parent @param {Node} after @param {Element} node @param {Node} old @param {boolean} wrapped
   */
  function note(parent, after, node, old, wrapped) {
    const outermost = () => {
      let outer = node;
      while (outer.parentElement && outer.parentElement !== shown.get(parent) && wrapped) outer = outer.parentElement;
      return outer;
    };
    const restore = live.remember(/** @type {Element} */ (old));
    const again = () => (wrapped ? outermost() !== node : placesOf(/** @type {Element} */ (after)).foreign);
    replaced.push({ again, restore: () => restore(outermost()) });
  }

  /** @param {Node | null} node */
  function remove(node) {
    if (!node) return;
    globalThis.prepbook?.elements?.disconnect?.(node);
    node.parentNode?.removeChild(node);
  }

  /** @param {ParentNode} root */
  const program = (root) => [...root.querySelectorAll(PROGRAM)].filter((element) => !element.matches(NO_PROGRAM))
    .map((element) => element.outerHTML).join("\n");

  /** The state is told apart from the page. @param {Element} root */
  const withoutState = (root) => root.querySelectorAll(OURS).forEach((script) => script.setAttribute("data-state", ""));

  live.begin = () => {
    sent = inert.importNode(document.documentElement, true);
    bind(sent, document.documentElement);
    for (const { name } of [...sent.attributes]) sent.removeAttribute(name);
    for (const attribute of rootAttributes) sent.setAttributeNode(/** @type {Attr} */ (attribute));
    withoutState(sent);
  };

  live.patch = (html) => {
    // A shadow root written in the page is in no tree that could be compared.
    if (/<template[^>]+shadowrootmode/i.test(html)) return false;
    const next = new DOMParser().parseFromString(html, "text/html").documentElement;
    // A browser that runs scripts takes this for text, and a document that is only read does not.
    next.querySelectorAll("noscript").forEach((element) => (element.textContent = element.innerHTML));
    withoutState(next);
    if (program(sent) !== program(next)) return false;

    [replaced, moved, reload] = [[], [], false];
    const settle = live.steady(moved);
    if (!live.equal(sent, next)) update(sent, next, false);
    else carry(sent, next);
    sent = next;
    globalThis.prepbook?.elements?.connect?.(document);
    // What a script built that does not know of this, only loading the page brings back.
    if (reload || !replaced.every(({ again }) => again())) return false;
    for (const { restore } of replaced) restore();
    settle();
    dispatchEvent(new Event("scroll")); // Whoever follows the reader looks again.
    return true;
  };

  live.replace = (old, node) => {
    const walker = inert.createTreeWalker(sent, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) if (shown.get(walker.currentNode) === old) shown.set(walker.currentNode, node);
  };
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
