/* What the text of an answer shows, below it: words, pace, fillers, who acts, numbers, the parts of a story; and the points of a good
   answer, which the reader ticks. */
(function (prepbook) {
  "use strict";
  const { clock, telling } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { make } = prepbook.elements;
  const { text } = prepbook;
  const LISTS = { fillers: text.tell_fillers, persons: { i: text.own_i, we: text.own_we }, numbers: text.tell_numbers };
  const STAR = /** @type {const} */ ([
    ["situation", text.clock_situation, text.tell_star_situation], ["task", text.clock_task, text.tell_star_task],
    ["action", text.clock_action, text.tell_star_action], ["result", text.clock_result, text.tell_star_result],
    ["learning", text.tell_learning, text.tell_star_learning],
  ]);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

  /** What makes a good answer, as the page has it. @param {HTMLElement} section */
  function pointsOf(section) {
    const places = section.querySelectorAll(":scope > .answer > ul > li, .drill-success li, .drill-rubric li, .segments .answer :is(li, p:not(.part-label))");
    return [...new Set([...places].map((place) => (place.textContent ?? "").replace(/\s+/g, " ").trim()))].filter(Boolean);
  }

  prepbook.voice.analysis = (section, ticked, tick) => {
    const isStory = clock.split(section.dataset)[0].name === "situation";
    const named = pointsOf(section);
    const points = named.length || !isStory ? named : [text.screen_own, text.screen_numbers, text.screen_customers, text.screen_learning];
    const list = make("ul", {});
    const rows = points.map((point) => {
      const [box, hint] = [make("input", { type: "checkbox" }), make("span", { class: "quiet" })];
      box.checked = ticked.includes(point);
      box.addEventListener("change", () => {
        tick(points.filter((_, index) => rows[index].box.checked));
        count();
      });
      return { point, box, hint, row: make("li", {}, make("label", {}, box, " ", point, " "), hint) };
    });
    const summary = make("summary", {});
    const details = make("details", { class: "details points" }, summary, ...(named.length ? [make("p", { class: "quiet" }, text.rec_points_about)] : []), make("ul", {}, ...rows.map(({ row }) => row)));
    const count = () => (summary.textContent = fill(text.rec_points, { done: rows.filter(({ box }) => box.checked).length, count: rows.length }));

    /** @param {string} said @param {number} seconds */
    function lines(said, seconds) {
      const found = telling.measure(said, seconds, LISTS);
      if (!found.words) return [];
      const fillers = found.fillers.map(({ phrase, times }) => `${phrase} ${times}`).join(", ");
      const filled = found.filled ? fill(text.tell_filled, { count: found.filled, list: fillers }) : text.tell_unfilled;
      return [
        fill(text.tell_words, { count: found.words }) + (found.pace ? " " + fill(text.tell_pace, { pace: found.pace }) : ""),
        filled + (found.filled && seconds ? " " + fill(text.tell_pace, { pace: number.format((found.filled / seconds) * 60) }) : ""),
        fill(text.tell_people, { own: found.own, shared: found.shared }) + (found.shared > found.own ? " " + text.tell_we : ""),
        found.numbers.length ? fill(text.tell_numbered, { list: found.numbers.join(", ") }) : text.tell_unnumbered,
        ...(isStory ? telling.star(said, Object.fromEntries(STAR.map(([name, , cues]) => [name, cues]))).map(({ place }, index) =>
          `${STAR[index][1]}: ${place ? `“${place}”` : text.tell_star_none}`) : []),
      ];
    }
    count();
    return {
      parts: [list, ...(points.length ? [details] : [])],
      /** @param {string} said @param {number} seconds */
      show(said, seconds) {
        list.replaceChildren(...lines(said, seconds).map((line) => make("li", {}, line)));
        for (const { point, hint } of named.length ? rows : []) {
          const { words, isTouched } = telling.touched(point, said, text.tell_common);
          hint.textContent = isTouched ? fill(text.rec_heard, { words: words.join(", ") }) : "";
        }
      },
    };
  };
})(prepbook);
