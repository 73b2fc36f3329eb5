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
