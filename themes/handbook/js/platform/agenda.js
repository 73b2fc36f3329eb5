/* The plans that the reader follows, and what of them is done. Ticks of a plan are kept as those of a checklist with its id. It
   must not know the page. */
(function (prepbook) {
  "use strict";
  const { plan, ticks } = prepbook.core;
  const { keeper, store } = prepbook.platform;

  const items = (/** @type {PlanDay[]} */ days) => days.flatMap((day) => day.items);

  /** @type {Prepbook["platform"]["agenda"]} */
  const agenda = {
    plans: () => keeper.ids("plans").map((id) => /** @type {[string, PlanRecord]} */ ([id, keeper.get("plans", id)])),
    done: (id) => new Set(Object.entries(keeper.get("ticks", id)?.items ?? {}).flatMap(([key, { off }]) => (off ? [] : [key]))),

    tick(id, days, key, on) {
      const all = items(days);
      const item = all.find((it) => it.key === key);
      const kept = keeper.get("ticks", id)?.items ?? {};
      if (item) kept[key] = { text: item.text, at: Date.now(), ...(on ? {} : { off: /** @type {true} */ (true) }) };
      const done = all.filter((it) => kept[it.key] && !kept[it.key].off).length;
      keeper.set("ticks", id, { phase: "", count: all.length, done, items: kept });
    },
    // An item that was moved or reworded keeps its tick.
    settle(id, days) {
      const kept = keeper.get("ticks", id);
      if (!kept) return;
      const settled = ticks.settle(items(days), kept.items);
      if (JSON.stringify(settled) !== JSON.stringify(kept.items)) keeper.set("ticks", id, { ...kept, items: settled });
    },

    standing: (id, record) => plan.standing(record, agenda.done(id), plan.today(Date.now())),
  };
  prepbook.platform.agenda = agenda;

  // For the script before the first paint, which keeps a place for what is to be done today.
  const note = () => void store.write("today", keeper.ids("plans").length > 0 || undefined);
  keeper.watch("plans", note, new AbortController().signal);
  // An exercise that was done with its clock is done on the plan, too.
  document.addEventListener("prepbook:attempt", ({ detail }) => {
    for (const [id, record] of agenda.plans()) {
      const item = plan.earliest(record, detail.item, agenda.done(id), agenda.standing(id, record).day);
      if (item) agenda.tick(id, record.days, item.key, true);
    }
  });
})(prepbook);
