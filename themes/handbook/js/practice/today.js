/* What the reader's plan has for today: on the home page and on that of all practice as a list to tick, and on a page that the
   plan leads to as a line at its end. */
(function (prepbook) {
  "use strict";
  const { plan } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { agenda, keeper } = prepbook.platform;
  const { define, make } = prepbook.elements;
  const { text } = prepbook;
  const { root = "", page = "" } = document.documentElement.dataset;
  /** Days before the interview from which the last review is named. */
  const LAST = 2;

  const link = (/** @type {string} */ href, /** @type {string} */ words) => make("a", { href: root + href }, words);

  /** An item with its box. @param {string} id @param {PlanRecord} record @param {PlanItem} item @param {(Node | string)[]} words */
  function entry(id, record, item, ...words) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "aria-label": item.text }));
    box.checked = agenda.done(id).has(item.key);
    box.addEventListener("change", () => agenda.tick(id, record.days, item.key, box.checked));
    return make("li", {}, box, " ", ...words, " ", make("span", { class: "minutes" }, fill(text.plan_minutes, { minutes: item.minutes })));
  }

  define(".today", (place, signal) => {
    function show() {
      const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
      place.replaceChildren(...agenda.plans().flatMap(([id, record]) => {
        const { day, last, items, left, next, minutes } = agenda.standing(id, record);
        const until = plan.between(plan.today(Date.now()), plan.interviewOf(record.start, record));
        const when = day < 1 ? fill(text.plan_before, { date: new Date(record.start + "T00:00").toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }) })
          : day > last ? (until || !record.emergency ? text.plan_over : "") : fill(text.plan_day, { day, last });
        const rest = [
          ...(left.length ? [make("p", { class: "quiet" }, fill(text.plan_left, { count: left.length, minutes }), " ", link(record.href, text.plan_catch_up))] : []),
          ...(until >= 0 && until <= LAST && record.emergency ? [make("p", {}, fill(text.plan_near, { count: until }), " ", link(record.emergency.href, record.emergency.title))] : []),
          ...(day <= last && items.every(({ key }) => agenda.done(id).has(key)) && next ? [make("p", { class: "quiet" }, text.plan_next, " ", link(next.href, next.text))] : []),
        ];
        return [
          make("p", { class: "today-title" }, link(record.href, record.title), ...(when ? [": ", when] : [])),
          ...(items.length ? [make("ul", {}, ...items.map((item) => entry(id, record, item, link(item.href, item.text))))] : []), ...rest,
        ];
      }));
      if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[aria-label="${CSS.escape(focused)}"]`))?.focus();
    }
    for (const name of /** @type {const} */ (["plans", "ticks"])) keeper.watch(name, show, signal);
    addEventListener("pageshow", ({ persisted }) => persisted && show(), { signal });
    show();
  });

  // Not where the plan itself is ticked.
  define(".content:not(:has(.practice-plan, .today))", (content, signal) => {
    const list = make("ul", { class: "on-plan" });
    function show() {
      const here = agenda.plans().flatMap(([id, record]) => {
        const { day } = agenda.standing(id, record);
        const met = record.days.filter((it) => it.day <= day).flatMap((it) => it.items.map((item) => ({ item, day: it.day })));
        return met.filter(({ item }) => item.href.replace(/#.*/, "") === page).slice(-2).map((found) => ({ id, record, ...found }));
      });
      list.replaceChildren(...here.map(({ id, record, item, day }) => entry(id, record, item, link(record.href, fill(text.plan_here, { day })), ": ", item.text)));
      if (here.length) content.after(list);
      else list.remove();
    }
    for (const name of /** @type {const} */ (["plans", "ticks"])) keeper.watch(name, show, signal);
    show();
  });
})(prepbook);
