/* How far the reader is, on the page of all that there is to practise: behind each checklist, and for each phase and the book
   above them. Of a list where nothing is ticked the browser knows nothing. */
(function (prepbook) {
  "use strict";
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { define, make } = prepbook.elements;
  const { text } = prepbook;

  define('.index[data-kind="checklist"]', (table, signal) => {
    const summary = make("ul", { class: "phases" });

    function show() {
      for (const old of table.querySelectorAll(".progress")) old.remove();
      const rows = [...table.querySelectorAll("tr[data-id]")].flatMap((row) => {
        const ticks = keeper.get("ticks", row.getAttribute("data-id") ?? "");
        return ticks?.done ? [{ row, ...ticks }] : [];
      });
      for (const { row, done, count } of rows) {
        row.querySelector("td")?.append(make("span", { class: "progress" }, " ", fill(text.ticked, { done, count })));
      }
      /** @param {typeof rows} some */
      const sum = (some) => fill(text.ticked, {
        done: some.reduce((total, { done }) => total + done, 0),
        count: some.reduce((total, { count }) => total + count, 0),
      });
      const phases = [...new Set(rows.map(({ phase }) => phase))].filter(Boolean).sort();
      summary.replaceChildren(make("li", {}, fill(text.ticked_book, { ticked: sum(rows) })), ...phases.map((phase) => {
        const name = phase.replaceAll("-", " ");
        return make("li", {}, fill(text.ticked_phase, { phase: name, ticked: sum(rows.filter((row) => row.phase === phase)) }));
      }));
      if (rows.length) (table.closest(".table") ?? table).before(summary);
      else summary.remove();
    }

    keeper.watch("ticks", show, signal);
    show();
  });
})(prepbook);
