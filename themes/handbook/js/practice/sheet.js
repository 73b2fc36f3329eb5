/* The sheet of a threat model while its clock runs: places, a line each, and for each place and letter of STRIDE a field for
   threats. Success, rubric, drawing and answer wait behind it. It must not know what the answer says. */
(function (prepbook) {
  "use strict";
  const { sheet } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper, modelAnswer } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const word = (/** @type {string} */ name) => words["sheet_" + name.toLowerCase()];
  const field = (/** @type {Record<string, string>} */ more) => make("input", { autocomplete: "off", enterkeyhint: "next", ...more });

  define('.practice-drill[data-kind="threat-model"][data-id], .practice-threat-model[data-id]', (section, signal) => {
    const answer = modelAnswer(section);
    if (!answer) return;
    const { id = "" } = section.dataset;
    const held = section.contains(answer.place) ? null : answer.place;
    /** By place its name, then a button for each letter. @type {Map<number, HTMLButtonElement[]>} */
    const rows = new Map();
    /** The cell that is open. @type {{on: number, letter: string} | undefined} */
    let open;
    /** The place that the line above the grid changes, if it is no new one. @type {number | undefined} */
    let changed;

    const kept = () => keeper.get("sheets", id) ?? sheet.blank();
    const keep = (/** @type {Sheet} */ next) => keeper.set("sheets", id, next);

    const known = make("datalist", { id: id + ".inside" });
    const [name, inside, threat] = [field({}), field({ list: known.id }), field({})];
    const kind = make("select", {}, ...sheet.kinds.map((value) => make("option", { value }, word(value))));
    const arrow = tool("→", () => {
      name.setRangeText(" → ", name.selectionStart ?? 0, name.selectionEnd ?? 0, "end");
      name.focus();
    });
    arrow.ariaLabel = text.sheet_arrow;
    const submit = make("button", { class: "tool" });
    const remove = tool(text.sheet_remove_place, () => {
      keep(sheet.remove(kept(), changed ?? 0));
      turn();
      name.focus();
    });
    const entry = make("form", { class: "tools-row" }, make("label", {}, text.sheet_name + " ", name), arrow, make("label", {}, text.sheet_kind + " ", kind),
      make("label", {}, text.sheet_inside + " ", inside), submit, remove);
    const grid = make("div", { role: "grid", class: "sheet-grid", "aria-label": text.sheet_grid });
    const panel = make("div", { class: "screen-panel modelling" }, make("p", {}, text.sheet_how), entry, known, grid);

    const called = make("span", {});
    const list = make("ul", { class: "own" });
    const more = make("form", { class: "tools-row" }, make("label", { class: "sheet-threat" }, called, threat), make("button", { class: "tool" }, text.sheet_add));
    const opened = make("div", { role: "row" }, make("div", { role: "gridcell", "aria-colspan": "7" }, more, list));

    /** Makes the line one for this place, or for a new one. @param {SheetPlace} [place] */
    function turn(place) {
      changed = place?.id;
      name.value = place?.name ?? "";
      if (place && place.kind !== "flow") [kind.value, inside.value] = [place.kind, place.in];
      submit.textContent = place ? text.sheet_change : text.sheet_add;
      remove.hidden = !place;
    }
    /** Nothing that was typed is lost. */
    function take() {
      const [place, said, on] = [name.value, threat.value, changed];
      threat.value = "";
      turn();
      if (place.trim()) keep(sheet.put(kept(), on, place, kind.value, inside.value));
      if (open && said.trim()) keep(sheet.add(kept(), open.on, open.letter, said));
    }
    function shut() {
      take();
      const cell = open && rows.get(open.on)?.[1 + sheet.letters.indexOf(open.letter)];
      open = undefined;
      opened.remove();
      cell?.focus();
    }
    /** @param {number} on @param {string} letter */
    function toggle(on, letter) {
      const same = open?.on === on && open.letter === letter;
      const place = kept().places.find((one) => one.id === on);
      if (open) shut();
      if (!letter) {
        turn(place);
        name.focus();
      }
      if (!letter || same || !place) return;
      open = { on, letter };
      called.textContent = fill(text.sheet_threat, { word: word(letter), place: place.name });
      rows.get(on)?.[0].closest("[role=row]")?.after(opened);
      draw();
      threat.focus();
    }
    /** @param {number} on */
    function row(on) {
      const cells = ["", ...sheet.letters].map((letter) => {
        const cell = tool("", () => toggle(on, letter));
        cell.tabIndex = -1;
        cell.classList.add("stride-" + letter.toLowerCase());
        return cell;
      });
      grid.append(make("div", { role: "row" }, ...cells.map((cell, column) => make("div", { role: column ? "gridcell" : "rowheader" }, cell))));
      rows.set(on, cells);
      return cells;
    }
    /** What is there stays where it is: the field that is open has the focus. */
    function draw() {
      const made = kept();
      known.replaceChildren(...[...new Set(made.places.map((place) => place.in))].map((value) => make("option", { value })));
      for (const [on, [first]] of rows) {
        if (made.places.some((place) => place.id === on)) continue;
        if (open?.on === on) shut();
        first.closest("[role=row]")?.remove();
        rows.delete(on);
      }
      for (const place of made.places) {
        const [title, ...cells] = rows.get(place.id) ?? row(place.id);
        const boundaries = sheet.crossed(made, place).join(", ");
        const facts = [word(place.kind), boundaries ? fill(text.sheet_crosses, { boundaries }) : place.in];
        title.replaceChildren(place.name, " ", make("span", { class: "quiet" }, facts.filter(Boolean).join(", ")));
        title.classList.toggle("crosses", !!boundaries);
        cells.forEach((cell, at) => {
          const letter = sheet.letters[at];
          const count = made.threats.filter((own) => own.on === place.id && own.letter === letter).length;
          cell.textContent = count ? `${letter} ${count}` : letter;
          cell.classList.toggle("is-had", !!count);
          cell.ariaLabel = `${letter}${count ? " " + fill(text.sheet_threats, { count }) : ""}: ${word(letter)}, ${place.name}`;
        });
      }
      const first = [...rows.values()][0]?.[0];
      grid.hidden = !first;
      if (first && !grid.querySelector('[tabindex="0"]')) first.tabIndex = 0;
      list.replaceChildren(...made.threats.flatMap((own, index) => {
        if (own.on !== open?.on || own.letter !== open.letter) return [];
        return [make("li", {}, own.text, tool(text.sheet_remove, () => {
          keep({ ...made, threats: made.threats.filter((_, other) => other !== index) });
          threat.focus();
        }))];
      }));
    }
    function show() {
      const [isOn, record] = [!!keeper.get("clocks", id), keeper.get("sheets", id)];
      if (!isOn && record && !record.ended) return void keeper.set("sheets", id, undefined); // The clock was forgotten.
      section.classList.toggle("is-modelling", isOn);
      held?.classList.toggle("is-held", isOn);
      if (isOn && !panel.isConnected) {
        section.querySelector(":scope > :is(.reports, .drill-success, .drill-rubric, .answer, .drawing)")?.before(panel);
        [open, threat.value] = [undefined, ""];
        opened.remove();
        turn();
      }
      if (isOn) draw();
      else panel.remove();
    }

    entry.addEventListener("submit", (event) => {
      event.preventDefault();
      take();
      name.focus();
    });
    more.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!threat.value.trim()) return shut();
      take();
      threat.focus();
    });
    panel.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      if (!changed) return open && shut();
      turn(); // It stays as it was.
      name.focus();
    });
    grid.addEventListener("focusin", ({ target }) => {
      const cells = [...rows.values()].flat();
      if (cells.some((cell) => cell === target)) for (const cell of cells) cell.tabIndex = cell === target ? 0 : -1;
    });
    grid.addEventListener("keydown", (event) => {
      const all = [...rows.values()];
      const at = all.findIndex((cells) => cells.some((cell) => cell === event.target));
      if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const column = all[at].findIndex((cell) => cell === event.target);
      const letter = all[at][1 + sheet.letters.indexOf(event.key.toUpperCase())];
      const ahead = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
      const to = {
        ArrowUp: all[at - 1]?.[column], ArrowDown: all[at + 1]?.[column], ArrowLeft: all[at][column - ahead], ArrowRight: all[at][column + ahead],
        Home: all[at][0], End: all[at].at(-1),
      }[event.key];
      if (to) to.focus();
      else if (letter !== all[at][0]) letter.click();
      else return;
      event.preventDefault();
    });
    section.addEventListener("prepbook:start", () => keeper.get("sheets", id) && keeper.set("sheets", id, undefined), { signal });
    section.addEventListener("prepbook:done", take, { signal });
    addEventListener("pagehide", () => panel.isConnected && take(), { signal });
    signal.addEventListener("abort", () => held?.classList.remove("is-held"));
    for (const name of /** @type {const} */ (["clocks", "sheets"])) keeper.watch(name, show, signal);
    show();
  });
})(prepbook);
