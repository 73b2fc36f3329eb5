/* Keeps what the reader has done: to a part of the page that is about to be replaced, and where on the page they are. It must
   not know what is replaced, nor by what. */
(function (live) {
  "use strict";
  const FIELDS = "input, textarea, select";

  /** Those in `root`, itself included. @param {Element} root @param {string} selector @returns {Element[]} */
  const within = (root, selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

  /**
   * The same thing in another root: by name, else by position among its kind.
   * @param {Element} root @param {Element} element
   */
  function finder(root, element) {
    const { id, localName } = element;
    const name = element.getAttribute("name");
    const index = within(root, localName).indexOf(element);
    return (/** @type {Element} */ other) => {
      const all = within(other, localName);
      return all.find((one) => id && one.id === id)
        ?? all.filter((one) => name && one.getAttribute("name") === name)
          .find((one) => one.getAttribute("value") === element.getAttribute("value"))
        ?? all[index];
    };
  }

  /** @param {Element} field @returns {(other: any) => void} */
  function keepField(field) {
    if (field instanceof HTMLSelectElement) {
      const chosen = [...field.options].filter((option) => option.selected).map((option) => option.value);
      const touched = [...field.options].some((option) => option.selected !== option.defaultSelected);
      return (other) => {
        if (touched) for (const option of other.options ?? []) option.selected = chosen.includes(option.value);
      };
    }
    const input = /** @type {HTMLInputElement} */ (field);
    const { value, checked } = input;
    const touched = value !== input.defaultValue && input.type !== "file";
    const ticked = checked !== (input.defaultChecked ?? checked);
    return (other) => {
      if (touched) other.value = value;
      if (ticked) other.checked = checked;
    };
  }

  /** @param {Element} old */
  function keepFocus(old) {
    const focused = /** @type {any} */ (document.activeElement);
    if (!focused || !old.contains(focused)) return () => {};
    const find = finder(old, focused);
    /** @type {[number, number, any] | null} */
    const selection = typeof focused.selectionStart === "number"
      ? [focused.selectionStart, focused.selectionEnd, focused.selectionDirection] : null;
    return (/** @type {Element} */ root) => {
      const other = /** @type {any} */ (find(root));
      other?.focus?.({ preventScroll: true });
      if (selection) other?.setSelectionRange?.(...selection);
    };
  }

  live.remember = (old) => {
    const details = /** @type {HTMLDetailsElement[]} */ (within(old, "details"))
      .map((element) => ({ open: element.open, summary: element.querySelector("summary")?.textContent }));
    const tabs = within(old, "[role=tablist]").map((row) => row.querySelector("[aria-selected=true]")?.textContent);
    const fields = within(old, FIELDS).map((field) => ({ find: finder(old, field), write: keepField(field) }));
    const scrolled = within(old, "*").filter((element) => element.scrollLeft || element.scrollTop)
      .map((element) => ({ find: finder(old, element), left: element.scrollLeft, top: element.scrollTop }));
    const focus = keepFocus(old);

    return (root) => {
      /** @type {HTMLDetailsElement[]} */ (within(root, "details")).forEach((element, index) => {
        const summary = element.querySelector("summary")?.textContent;
        const known = details.find((one) => one.summary === summary) ?? details[index];
        if (known) element.open = known.open;
      });
      within(root, "[role=tablist]").forEach((row, index) => {
        const tab = /** @type {HTMLElement[]} */ ([...row.querySelectorAll("[role=tab]")])
          .find((one) => one.textContent === tabs[index]);
        if (tab?.getAttribute("aria-selected") === "false") tab.click();
      });
      for (const { find, write } of fields) {
        const field = find(root);
        if (field) write(field);
      }
      for (const { find, left, top } of scrolled) find(root)?.scrollTo({ left, top, behavior: "instant" });
      focus(root);
    };
  };

  /** @param {Element} element */
  function flows(element) {
    for (let outer = /** @type {Element | null} */ (element); outer; outer = outer.parentElement) {
      if (/^(fixed|sticky)$/.test(getComputedStyle(outer).position)) return false;
    }
    return true;
  }

  live.steady = (moved) => {
    // At the very top there is nothing above that could push the page down.
    if (!scrollY) return () => {};
    const root = document.documentElement;
    // The browser's own way of keeping the place would come on top of this one.
    root.style.setProperty("overflow-anchor", "none");
    const places = [...(document.querySelector("main") ?? document.body).querySelectorAll("*")]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => box.height && box.top >= 0 && box.top < innerHeight && flows(element));
    return () => {
      const still = places.find(({ element }) => (
        element.getClientRects().length && !moved.some((one) => one.contains(element))
      ));
      if (still) scrollBy({ top: still.element.getBoundingClientRect().top - still.box.top, behavior: "instant" });
      requestAnimationFrame(() => requestAnimationFrame(() => {
        root.style.removeProperty("overflow-anchor");
        if (!root.getAttribute("style")) root.removeAttribute("style");
      }));
    };
  };
})((globalThis.prepbookLive ??= /** @type {any} */ ({})));
