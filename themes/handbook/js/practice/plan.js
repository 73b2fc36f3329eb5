/* A plan on its page: the day it starts or the interview, ticks, one week at a time, what was left and what becomes of it, and
   the plan for the reader's calendar. */
(function (prepbook) {
  "use strict";
  const { cards, plan } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { agenda, copies, keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, fromRoot, tool } = prepbook.exercises;
  const { text } = prepbook;
  const { page = "" } = document.documentElement.dataset;

  /** A key that stays with an item for as long as its words and its day do. @param {string} words */
  const hash = (words) => ([...words].reduce((sum, letter) => Math.imul(sum ^ /** @type {number} */ (letter.codePointAt(0)), 16777619), 2166136261) >>> 0).toString(36);
  /** @param {string} date */
  const shown = (date) => new Date(date + "T00:00").toLocaleDateString(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short" });

  define(".practice-plan[data-id]:has(.plan-day)", (section, signal) => {
    const { id = "" } = section.dataset;
    const rows = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".plan-day")]);
    const weeks = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".plan-week")]);
    /** @type {Map<string, HTMLInputElement>} */
    const boxes = new Map();

    /** @type {PlanDay[]} */
    const days = rows.map((row) => {
      const day = Number(row.dataset.day);
      const items = [...row.querySelectorAll("li")].map((item) => {
        const link = item.querySelector("a");
        const words = ((link ?? item.firstChild)?.textContent ?? "").trim();
        const { practiceId: practice = "", minutes = "0" } = item.dataset;
        const key = `d${day}.${practice || hash(words)}`;
        const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "aria-label": words }));
        box.addEventListener("change", () => agenda.tick(id, days, key, box.checked));
        item.prepend(box, " ");
        boxes.set(key, box);
        return { key, text: words, practice, minutes: Number(minutes), href: link ? fromRoot(link) : `${page}#${section.id}` };
      });
      return { day, minutes: Number(row.dataset.minutes), items };
    });
    const emergency = /** @type {HTMLElement | null} */ (document.querySelector('.practice-checklist[data-phase="emergency"]'));
    const title = section.querySelector(".practice-title")?.textContent ?? document.title;

    const [start, interview] = [text.plan_start, text.plan_interview].map((label) => {
      const input = make("input", { type: "date" });
      return { input: /** @type {HTMLInputElement} */ (input), label: make("label", {}, label, " ", input) };
    });
    const stop = tool(text.plan_stop, () => {
      const before = record();
      keeper.set("plans", id, undefined);
      said.replaceChildren(make("p", { class: "tools-row" }, text.plan_stopped, tool(text.card_undo, () => keeper.set("plans", id, before))));
      start.input.focus();
    });
    const file = tool(text.plan_calendar, () => {
      const kept = record();
      if (kept) copies.download(plan.calendar(kept, { id: `${document.documentElement.dataset.book}.${id}`, link: location.protocol === "file:" ? "" : location.href.replace(/#.*/, "#" + section.id) }, Date.now()), "text/calendar", id + ".ics");
    });
    const bar = make("p", { class: "tools-row plan-set" }, start.label, interview.label, file, stop);
    const said = make("div", { class: "plan-said", role: "status" });
    const shownWeek = make("span", { class: "plan-shown" });
    const [back, ahead, all] = [tool("‹", () => turn(-1)), tool("›", () => turn(1)), tool(text.plan_all, () => turn(0))];
    back.setAttribute("aria-label", text.plan_back);
    ahead.setAttribute("aria-label", text.plan_ahead);
    const pager = make("p", { class: "tools-row plan-pager" }, back, shownWeek, ahead, all);
    /** The week that is shown, from 0; -1 shows all. */
    let week = -1;
    /** Whether the reader has turned to it. */
    let turned = false;

    const record = () => keeper.get("plans", id);
    /** @param {string} date of the first day, or "" @param {{from: number, fixed: boolean}} how */
    function put(date, { from, fixed }) {
      if (!date) return;
      keeper.set("plans", id, {
        title, href: `${page}#${section.id}`, start: date, from, fixed, days, at: Date.now(),
        emergency: emergency && { title: emergency.querySelector(".practice-title")?.textContent ?? "", href: `${page}#${emergency.id}` },
      });
    }
    /** Back from the day of the interview, which is the one of the cards, too: what would lie before today is left out.
        @param {string} date */
    function putBefore(date) {
      if (!date) return;
      const start = plan.startFor(date, { days });
      const day = plan.between(start, plan.today(Date.now())) + 1;
      put(start, { from: Math.min(Math.max(day, 1), days.at(-1)?.day ?? 1), fixed: true });
      keeper.set("deck", "all", { ...(keeper.get("deck", "all") ?? cards.usual), date });
    }
    /** @param {number} by */
    function turn(by) {
      turned = true;
      week = by ? Math.min(Math.max(Math.max(week, 0) + by, 0), weeks.length - 1) : week < 0 ? 0 : -1;
      show();
    }
    /** @param {PlanRecord} kept @param {PlanStanding} standing */
    function tell(kept, { day, last, left, minutes }) {
      const lines = [];
      if (day < 1) lines.push(make("p", {}, fill(text.plan_before, { date: shown(kept.start) })));
      else if (day <= last) lines.push(make("p", {}, make("strong", {}, fill(text.plan_day, { day, last }))));
      else lines.push(make("p", {}, text.plan_over));
      if (left.length) {
        const behind = day - Math.max(...[1, ...kept.days.filter(({ items }) => items.some(({ key }) => key === left[0].key)).map((it) => it.day)]);
        lines.push(make("p", { class: "tools-row" }, fill(text.plan_left, { count: left.length, minutes }),
          // Which would move the interview.
          ...(kept.fixed ? [] : [tool(fill(text.plan_move, { count: behind }), () => keeper.set("plans", id, { ...plan.move(kept, behind), at: Date.now() }))]),
          tool(text.plan_skip, () => keeper.set("plans", id, { ...kept, from: Math.min(day, last), at: Date.now() }))));
      }
      said.replaceChildren(...lines);
    }
    function show() {
      const kept = record();
      const done = agenda.done(id);
      for (const [key, box] of boxes) box.checked = done.has(key);
      const standing = kept && agenda.standing(id, kept);
      if (!turned) week = standing ? Math.min(Math.max(Math.ceil(standing.day / 7), 1), weeks.length) - 1 : -1;
      weeks.forEach((body, index) => (body.hidden = week >= 0 && index !== week));
      shownWeek.textContent = week < 0 ? fill(text.plan_weeks, { count: weeks.length }) : fill(text.plan_week_of, { week: week + 1, weeks: weeks.length });
      all.textContent = week < 0 ? text.plan_one : text.plan_all;
      [back.disabled, ahead.disabled] = [week <= 0, week === weeks.length - 1];
      for (const tools of [file, stop]) tools.hidden = !kept;
      if (document.activeElement !== start.input) start.input.value = kept?.start ?? "";
      if (document.activeElement !== interview.input) interview.input.value = kept ? plan.interviewOf(kept.start, kept) : "";
      if (kept && standing) tell(kept, standing);
      else said.replaceChildren(make("p", {}, text.plan_choose));
      for (const row of rows) {
        const day = Number(row.dataset.day);
        row.querySelector(".plan-date")?.remove();
        row.toggleAttribute("data-today", standing?.day === day);
        if (kept) row.querySelector("th")?.append(make("span", { class: "plan-date" }, shown(plan.dateOf(kept, day))));
      }
      section.toggleAttribute("data-dated", !!kept);
    }

    start.input.addEventListener("change", () => put(start.input.value, { from: 1, fixed: false }));
    interview.input.addEventListener("change", () => putBefore(interview.input.value));
    section.querySelector(".table")?.before(bar, said, pager);
    agenda.settle(id, days);
    // What is followed is this edition's plan.
    const followed = record();
    if (followed && JSON.stringify(followed.days) !== JSON.stringify(days)) put(followed.start, { from: followed.from, fixed: !!followed.fixed });
    for (const name of /** @type {const} */ (["plans", "ticks"])) keeper.watch(name, show, signal);
    show();
  });
})(prepbook);
