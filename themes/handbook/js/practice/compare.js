/* A threat model beside the model answer, once its clock is done: which of its threats one had, first as a guess and then as the
   reader ticks, what that covers by rank, letter and boundary, and what is beyond it. The attempt in the log follows each tick. */
(function (prepbook) {
  "use strict";
  const { clock, sheet } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper, modelAnswer } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  /** Characters that name a threat in a list. */
  const SHOWN = 60;
  const word = (/** @type {string} */ name) => words["sheet_" + name.toLowerCase()];

  const badge = (/** @type {string} */ letter) => make("abbr", { class: `stride stride-${letter.toLowerCase()}`, title: word(letter) }, letter);
  /** A statement's beginning. @param {string} said */
  const short = (said) => (said.length > SHOWN ? said.slice(0, SHOWN).replace(/\s+\S*$/, "") + "…" : said);
  const label = (/** @type {string} */ words) => make("p", { class: "part-label" }, words);
  /** @param {Sheet} made @param {SheetThreat} own */
  const written = ({ places }, own) => make("span", {}, badge(own.letter), ` ${places.find(({ id }) => id === own.on)?.name}: ${own.text}`);
  /** Shares as words and as bars. @param {string} title @param {Share[]} shares */
  const tally = (title, shares) => make("div", {}, label(title), make("ul", { class: "tally" }, ...shares.map(({ name, found, of }) =>
    make("li", {}, make("span", {}, fill(text.sheet_count, { what: name, found, of })), make("meter", { max: String(of), value: String(found), "aria-hidden": "true" })))));

  define('.practice-drill[data-kind="threat-model"][data-id], .practice-threat-model[data-id]', (section, signal) => {
    const answer = modelAnswer(section);
    if (!answer) return;
    const { model, statements } = answer;
    const { id = "" } = section.dataset;
    const names = new Map(model.places.map((place) => [place.id, place.name]));
    const block = make("div", { class: "verdict" });
    const reports = make("div", { class: "reports" });
    /** When what is shown ended. */
    let shown = 0;
    /** @type {(made: Sheet) => void} */
    let update;
    /** @type {Attempt} */
    let attempt;

    const kept = () => keeper.get("sheets", id);
    const rate = (/** @type {Sheet} */ made) => Object.assign(attempt, { score: sheet.judge(made, model).score, sheet: made });
    /** @param {Sheet} made */
    async function keep(made) {
      keeper.set("sheets", id, made);
      const entry = `${id}.${made.ended}`;
      // After a reload it is in the log alone, if it could be kept.
      if (attempt?.at !== made.ended) attempt = (await keeper.log("attempts"))[entry];
      if (attempt) keeper.add("attempts", entry, rate(made));
    }
    function away() {
      keeper.set("sheets", id, undefined);
      const start = /** @type {HTMLButtonElement} */ (section.querySelector(":scope > .clock button"));
      start.focus();
      return start;
    }

    /** @param {Sheet} first */
    function build(first) {
      const [summary, tallies] = [make("strong", {}), make("div", { class: "tallies" })];
      /** The reader's own by what they are in the model, and at "" those beyond it. */
      const places = new Map(["", ...model.threats.map((threat) => threat.id)].map((key) => [key, make("ul", { class: "own" })]));
      const boxes = model.threats.map((threat) => {
        const box = make("input", { type: "checkbox", value: threat.id });
        box.addEventListener("change", () => keep(sheet.tick(kept() ?? first, threat.id, box.checked)));
        return box;
      });
      const own = first.threats.map((threat, index) => {
        const choice = make("select", {}, make("option", { value: "" }, text.sheet_as_none), ...model.threats.map((one) => make("option", { value: one.id }, `${one.id} ${short(one.text)}`)));
        choice.addEventListener("change", () => {
          keep(sheet.name(kept() ?? first, index, choice.value));
          choice.focus(); // It has gone to another list.
        });
        return { choice, item: make("li", {}, make("label", {}, written(first, threat), make("span", { class: "quiet" }, text.sheet_as), choice)) };
      });
      const rows = model.threats.map((threat, index) => {
        const statement = statements[index].querySelector("p")?.cloneNode(true).childNodes ?? [];
        const where = threat.on.map((place) => names.get(place)).join(", ");
        return make("li", {}, make("div", {}, make("label", {}, boxes[index], make("span", {}, make("b", {}, `${index + 1} ${threat.id} `), ...statement)),
          make("p", { class: "quiet" }, ...[...threat.letters].map(badge), " " + where)), places.get(threat.id) ?? "");
      });
      const beyond = make("div", {}, label(text.sheet_yours), places.get("") ?? "");
      block.replaceChildren(make("p", {}, summary), make("p", {}, text.sheet_guessed), tallies, label(text.sheet_model), make("ol", { class: "beside" }, ...rows),
        beyond, make("p", { class: "tools-row" }, tool(text.sheet_again, () => away().click()), tool(text.sheet_away, away)));

      update = (made) => {
        const { score, letters, boundaries } = sheet.judge(made, model);
        summary.textContent = fill(text.sheet_summary, { ...score, beyond: fill(text.sheet_beyond, { count: score.beyond }) });
        for (const box of boxes) box.checked = made.had.includes(box.value);
        made.threats.forEach(({ as }, index) => {
          own[index].choice.value = as;
          const place = places.get(as) ?? places.get("");
          if (own[index].item.parentElement !== place) place?.append(own[index].item);
        });
        beyond.hidden = !score.beyond;
        tallies.replaceChildren(
          tally(text.sheet_by_rank, [{ name: fill(text.sheet_first, { count: score.tops }), found: score.top, of: score.tops }, { ...score, name: text.sheet_all }]),
          tally(text.sheet_by_letter, letters.map((share) => ({ ...share, name: word(share.name) }))),
          tally(text.sheet_by_boundary, boundaries.map((share) => ({ ...share, name: share.name || text.sheet_no_boundary }))));
      };
    }

    async function list() {
      if (!keeper.diary().first) return; // Nothing was ever practised, or nothing can be kept.
      const all = Object.values(await keeper.log("attempts")).filter(({ item, at, sheet }) => item === id && at !== shown && sheet);
      if (all.length === reports.childElementCount) return; // One of them may be open.
      reports.replaceChildren(...all.sort((one, other) => other.at - one.at).flatMap(({ at, seconds, planned, score, sheet: made }) => {
        if (!made || !score || !("top" in score)) return [];
        const date = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
        return [make("details", { class: "details report" }, make("summary", {}, fill(text.sheet_before, { date, ...score })),
          make("p", {}, fill(text.clock_took, { time: clock.show(seconds * 1000), planned: clock.show(planned * 1000) })),
          make("ul", { class: "own" }, ...made.threats.map((own) => make("li", {}, written(made, own), make("span", { class: "threat-id" }, own.as)))))];
      }));
    }
    function show() {
      const made = kept();
      const ended = made?.ended ?? 0;
      if (ended !== shown) {
        shown = ended;
        list();
        if (made && ended) build(made);
        if (ended) reports.before(block);
        else block.remove();
      }
      if (made && ended) update(made);
    }

    section.addEventListener("prepbook:done", (event) => {
      const { detail } = /** @type {CustomEvent<{attempt: Attempt, said: string[]}>} */ (event);
      attempt = detail.attempt;
      const made = { ...sheet.guess(kept() ?? sheet.blank(), model), ended: attempt.at };
      // Who wrote nothing here may still tick what is on paper, but need not.
      if (made.places.length) {
        rate(made);
        detail.said.push(text.sheet_said);
      }
      keeper.set("sheets", id, made);
      for (const fold of section.querySelectorAll(":scope > .answer")) fold.setAttribute("open", "");
    }, { signal });
    section.querySelector(":scope > :is(.drill-success, .drill-rubric, .answer, .drawing)")?.before(reports);
    keeper.watch("sheets", show, signal);
    keeper.watch("attempts", list, signal);
    show();
    list();
  });
})(prepbook);
