/* Marking the suspicious lines of a review while its clock runs, by mouse, finger or key, each with a class and a severity. The
   lines are a list to choose from: one stop for the keyboard, however long the sample. It must not know what there is to find. */
(function (prepbook) {
  "use strict";
  const { clock, flaw } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const LIST = { role: "listbox", tabindex: "0", "aria-multiselectable": "true", "aria-label": text.flaw_lines };

  /** @param {Element} element @param {Record<string, string> | null} attributes  null takes them all away @param {string[]} names */
  function set(element, attributes, names) {
    for (const name of names) {
      if (attributes) element.setAttribute(name, attributes[name]);
      else element.removeAttribute(name);
    }
  }

  define(".practice-review[data-id]:has(.review-code)", (review, signal) => {
    const { id = "" } = review.dataset;
    const code = /** @type {HTMLElement} */ (review.querySelector(".review-code code"));
    const lines = /** @type {HTMLElement[]} */ ([...code.querySelectorAll(".line")]);
    const answer = /** @type {HTMLDetailsElement | null} */ (review.querySelector(":scope > .review-answer"));
    const how = make("p", { class: "hunt" }, text.flaw_how);
    const list = make("ol", { class: "hunt suspicions" });
    /** @type {Map<number, HTMLElement>} by line */
    let rows = new Map();
    let active = 0;

    const isOn = () => !!keeper.get("clocks", id) && !answer?.open;
    const kept = () => keeper.get("marks", id) ?? [];
    /** @param {Mark[]} marks */
    const keep = (marks) => keeper.set("marks", id, marks.length ? marks.sort((one, other) => one.line - other.line) : undefined);

    /** @param {number} line */
    function toggle(line) {
      const run = /** @type {ClockRun} */ (keeper.get("clocks", id));
      const others = kept().filter((mark) => mark.line !== line);
      const mark = { line, after: Math.round(clock.elapsed(run, Date.now())), family: "", severity: "" };
      keep(others.length < kept().length ? others : [...others, mark]);
    }
    /** @param {number} line @param {"family" | "severity"} name @param {string} label @param {string} none @param {string[]} values */
    function choice(line, name, label, none, values) {
      const options = values.map((value) => make("option", { value }, words["flaw_" + value]));
      const select = make("select", { "aria-label": fill(label, { line }) }, make("option", { value: "" }, none), ...options);
      select.addEventListener("change", () => keep(kept().map((mark) => (mark.line === line ? { ...mark, [name]: select.value } : mark))));
      return select;
    }
    /** @param {number} line */
    function row(line) {
      const remove = make("button", { type: "button", class: "tool", "aria-label": fill(text.flaw_remove_line, { line }) }, text.flaw_remove);
      remove.addEventListener("click", () => {
        toggle(line);
        code.focus();
      });
      return make("li", {}, make("a", { href: "#" + lines[line - 1].id }, fill(text.flaw_line, { line })),
        choice(line, "family", text.flaw_class, text.flaw_no_class, flaw.families),
        choice(line, "severity", text.flaw_severity, text.flaw_no_severity, flaw.severities), remove);
    }

    function show() {
      const [on, marks] = [isOn(), kept().filter(({ line }) => line <= lines.length)];
      const marked = new Set(marks.map(({ line }) => line));
      set(code, on ? { ...LIST, "aria-activedescendant": lines[active].id } : null, [...Object.keys(LIST), "aria-activedescendant"]);
      lines.forEach((line, index) => {
        const name = `${fill(text.flaw_line, { line: index + 1 })}: ${line.textContent?.trim()}`;
        const option = { role: "option", "aria-selected": String(marked.has(index + 1)), "aria-label": name };
        set(line, on ? option : null, Object.keys(option));
        line.classList.toggle("suspect", marked.has(index + 1));
        line.classList.toggle("here", on && index === active);
      });
      if (marks.length !== rows.size || marks.some(({ line }) => !rows.has(line))) {
        rows = new Map(marks.map(({ line }) => [line, rows.get(line) ?? row(line)]));
        list.replaceChildren(...rows.values());
      }
      for (const { line, family, severity } of marks) {
        const selects = /** @type {HTMLElement} */ (rows.get(line)).querySelectorAll("select");
        [selects[0].value, selects[1].value] = [family, severity];
      }
      if (!on) [how, list].forEach((part) => part.remove());
      else if (!list.isConnected) {
        code.closest("figure")?.before(how);
        code.closest("figure")?.after(list);
      }
      // Judged, or forgotten.
      if (!keeper.get("clocks", id) && keeper.get("marks", id)) keep([]);
    }

    code.addEventListener("click", (event) => {
      const line = event.target instanceof Element && event.target.closest(".line");
      if (!isOn() || !line || !getSelection()?.isCollapsed) return;
      event.stopPropagation(); // Its number would lead to it.
      active = lines.indexOf(/** @type {HTMLElement} */ (line));
      toggle(active + 1);
      show();
    }, { signal });
    code.addEventListener("keydown", (event) => {
      if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
      const isPress = event.key === " " || event.key === "Enter";
      const to = isPress ? active : { ArrowUp: active - 1, ArrowDown: active + 1, Home: 0, End: lines.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      active = Math.min(lines.length - 1, Math.max(0, to));
      if (isPress) toggle(active + 1);
      lines[active].scrollIntoView({ block: "nearest" });
      show();
    }, { signal });
    answer?.addEventListener("toggle", show, { signal });
    keeper.watch("clocks", show, signal);
    keeper.watch("marks", show, signal);
    show();
  });
})(prepbook);
