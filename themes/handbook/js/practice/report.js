/* The end of a phone screen: its reader marks each point of the rubric and keeps the report, which can be printed; reports of
   before stand below. The answers show from here on. */
(function (prepbook) {
  "use strict";
  const { clock, screen } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const root = document.documentElement;

  define(".practice-simulation[data-id]", (section, signal) => {
    const { id = "", minutes = "0", technical = "0" } = section.dataset;
    const place = /** @type {HTMLElement} */ (section.querySelector(":scope > .simulator"));
    const rubric = screen.rubric({ technical: Number(technical), minutes: Number(minutes) });
    const pools = [...section.querySelectorAll(":scope > .segments > li")].map((item) => [...item.querySelectorAll(".pool [data-id]")]);
    const names = [...section.querySelectorAll(":scope > .table .agenda .part-name")].map((name) => name.textContent ?? "");

    const fields = rubric.map(({ name, points }) => {
      const input = make("input", { type: "number", min: "0", max: String(points), required: "" });
      return { name, input, label: make("label", {}, fill(text.screen_points, { what: words["screen_" + name], points }), " ", input) };
    });
    const title = make("p", { class: "part-label", tabindex: "-1" }, text.screen_mark);
    const form = make("form", { class: "screen-panel screen-marks" }, title, ...fields.map(({ label }) => label),
      make("p", { class: "tools-row" }, make("button", { class: "tool" }, text.screen_keep), tool(text.screen_leave, leave)));
    const reports = make("div", { class: "reports" });

    /** Who marks nothing may go on all the same. */
    function leave() {
      form.reset();
      keeper.set("screens", id, undefined);
      /** @type {HTMLElement} */ (section.querySelector(":scope > .clock button")).focus();
    }
    /** The report alone goes to paper. @param {HTMLDetailsElement} report */
    function print(report) {
      root.dataset.report = "";
      report.dataset.report = "";
      addEventListener("afterprint", () => {
        delete root.dataset.report;
        delete report.dataset.report;
      }, { once: true });
      window.print();
    }
    /** What was asked of the bank, as a link to its answer. @param {string} question @param {number} index */
    function line(question, index) {
      const link = pools[index]?.find((entry) => entry.getAttribute("data-id") === question)?.firstElementChild?.cloneNode(true);
      return make("li", {}, names[index] ?? "", ...(question ? [": ", link ?? question] : []));
    }
    /** @param {ScreenReport} report @param {number[]} before scores */
    function show({ at, seed, seconds, planned, notes, questions, marks }, before) {
      const score = screen.score(marks);
      const date = new Date(at).toLocaleString(root.lang, { dateStyle: "long", timeStyle: "short" });
      const report = make("details", { class: "details report" }, make("summary", {}, fill(text.screen_report, { date, score })),
        make("p", {}, words["screen_" + screen.verdict(score, before)], " ", fill(text.clock_took, { time: clock.show(seconds * 1000), planned: clock.show(planned * 1000) })),
        make("ul", {}, ...rubric.filter(({ name }) => name in marks).map(({ name, points }) =>
          make("li", {}, fill(text.screen_mark_of, { what: words["screen_" + name], mark: marks[name], points })))),
        make("p", { class: "part-label" }, text.screen_parts),
        make("ol", {}, ...questions.map(line)),
        ...(notes ? [make("p", { class: "part-label" }, text.screen_notes), make("p", { class: "screen-text" }, notes)] : []),
        make("p", { class: "tools-row" }, tool(text.screen_print, () => print(report)), ...(pools.flat().length ? [make("a", { href: `?seed=${encodeURIComponent(seed)}#${section.id}` }, text.screen_same)] : [])));
      return report;
    }
    async function list() {
      const all = Object.values(await keeper.log("reports")).filter(({ item }) => item === id).sort((one, other) => one.at - other.at);
      const scores = all.map(({ marks }) => screen.score(marks));
      reports.replaceChildren(...all.map((report, index) => show(report, scores.slice(0, index))).reverse());
    }
    function ask() {
      const isEnded = !!keeper.get("screens", id)?.ended;
      const isNew = isEnded && !form.isConnected;
      if (isNew) place.append(form);
      if (!isEnded) form.remove();
      // The clock has gone, and the focus with it.
      if (isNew && section.contains(document.activeElement)) title.focus();
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const run = keeper.get("screens", id);
      if (!run) return; // Another tab has kept it.
      const questions = screen.draw(`${run.seed}.${id}`, pools.map((pool) => pool.map((entry) => entry.getAttribute("data-id") ?? "")));
      const marks = Object.fromEntries(fields.map(({ name, input }) => [name, input.valueAsNumber]));
      const { ended: at, seed, seconds, notes } = run;
      if (!(await keeper.add("reports", `${id}.${at}`, { item: id, at, seed, seconds, planned: Number(minutes) * 60, notes, questions, marks }))) return;
      form.reset();
      keeper.set("screens", id, undefined);
      await list();
      const newest = /** @type {HTMLDetailsElement} */ (reports.firstElementChild);
      newest.open = true;
      newest.querySelector("summary")?.focus();
    });
    section.append(reports);
    keeper.watch("screens", ask, signal);
    keeper.watch("reports", list, signal);
    ask();
    list();
  });
})(prepbook);
