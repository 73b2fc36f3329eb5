/* A story of the reader's own as it is written: kept at each change, measured as it is told, what is missing named, and rehearsed by
   the clock, with its text in sight or out of it. */
(function (prepbook) {
  "use strict";
  const { clock, stories } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper, store } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, stories: own, tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const time = (/** @type {number} */ seconds) => clock.show(seconds * 1000);

  define(".own-story", (place, signal) => {
    const item = place.dataset.id ?? "";
    const id = item.slice("story.".length);
    const rules = own.rules();
    const details = /** @type {HTMLDetailsElement} */ (place);
    const fields = /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...place.querySelectorAll("[type=text], textarea")]);
    const serves = /** @type {HTMLInputElement[]} */ ([...place.querySelectorAll(".own-serves input")]);
    const parts = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-budget]")]);
    const hides = /** @type {HTMLInputElement} */ (place.querySelector(".own-hides input"));
    const [status, sum, list] = [".own-status", ".own-sum", ".own-checks ul"].map((selector) => /** @type {HTMLElement} */ (place.querySelector(selector)));
    /** How often it was rehearsed, and when last, in words. @type {string[]} */
    let told = [];
    let shown = "";

    const kept = () => keeper.get("stories", id);
    /** @param {Partial<OwnStory>} change */
    function keep(change) {
      const story = kept();
      if (story) keeper.set("stories", id, { ...story, ...change, at: Date.now() }); // Which shows it.
    }
    /** @param {StoryGap} gap */
    function line({ kind, count, field, range }) {
      const goes = field && tool(text.own_go, () => {
        const input = /** @type {HTMLTextAreaElement} */ (place.querySelector(`[name="${field}"]`));
        input.focus();
        if (range) input.setSelectionRange(...range);
      });
      return make("li", {}, fill(words["own_lacks_" + kind], { count }), ...(goes ? [" ", goes] : []));
    }

    function show() {
      const story = kept();
      const now = JSON.stringify([story, told]);
      if (!story || now === shown) return;
      shown = now;
      for (const field of fields) {
        const value = story[/** @type {StoryPart} */ (field.name)];
        if (field.value !== value) field.value = value;
        // As high as its text: a copy of it, out of sight, holds the place open.
        if (field.parentElement?.matches(".own-text")) field.parentElement.dataset.text = value;
      }
      for (const box of serves) box.checked = story.principles.includes(box.value);
      const judged = stories.judge(story, rules);
      judged.parts.forEach(({ words: count, seconds, off }, index) => {
        const amount = Math.abs(off);
        const said = fill(text.own_count, { count, time: time(seconds), budget: time(rules.parts[index].seconds) });
        const verdict = off > 0 ? fill(text.own_over, { count: amount }) : off < 0 ? fill(text.own_under, { count: amount }) : "";
        const counter = /** @type {HTMLElement} */ (parts[index].querySelector(".own-count"));
        counter.replaceChildren(said, ...(verdict ? [", ", make("strong", {}, verdict)] : []));
        parts[index].classList.toggle("is-over", off > 0);
        /** @type {HTMLMeterElement} */ (parts[index].querySelector("meter")).value = seconds;
      });
      const [least, most] = stories.total;
      const isDone = !judged.gaps.length && judged.parts.every(({ off }) => !off);
      sum.textContent = fill(text.own_sum, { time: time(judged.seconds), least: time(least), most: time(most), i: judged.i, we: judged.we }) + (isDone ? " " + text.own_done : "");
      list.replaceChildren(...judged.gaps.map(line));
      status.textContent = [time(judged.seconds), judged.isWritten ? text.own_written : text.own_outline, ...told].join(" · ");
    }
    async function count() {
      const times = Object.values(await keeper.log("attempts")).flatMap((attempt) => (attempt.item === item ? [attempt.at] : []));
      const date = new Date(Math.max(...times)).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
      told = times.length ? [fill(text.own_rehearsed, { count: times.length, date })] : [];
      show();
    }
    /** While the clock runs, what is told now, and nothing to read from if the reader wishes. */
    function follow() {
      const run = keeper.get("clocks", item);
      if (run && !place.classList.contains("is-told")) details.open = true;
      place.classList.toggle("is-told", !!run);
      place.classList.toggle("is-hidden", !!run && hides.checked);
      const now = run ? clock.at(rules.parts, clock.elapsed(run, Date.now())).index : -1;
      parts.forEach((part, index) => part.classList.toggle("is-now", index === now));
    }

    for (const field of fields) {
      field.addEventListener("input", () => keep({ [field.name]: field.value }));
      const counter = field.closest("[data-budget]")?.querySelector(".own-count");
      if (!counter) continue;
      counter.id ||= `${item}.${field.name}`;
      field.setAttribute("aria-describedby", counter.id);
    }
    for (const box of serves) {
      box.addEventListener("change", () => {
        const others = (kept()?.principles ?? []).filter((principle) => principle !== box.value);
        keep({ principles: box.checked ? [...others, box.value] : others });
      });
    }
    hides.checked = store.read("rehearse-unseen", /** @type {boolean} */ (true));
    hides.addEventListener("change", () => {
      store.write("rehearse-unseen", hides.checked);
      for (const other of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".own-hides input"))) other.checked = hides.checked;
      follow();
    });
    place.addEventListener("prepbook:time", follow, { signal });
    keeper.watch("stories", show, signal);
    keeper.watch("clocks", follow, signal);
    keeper.watch("attempts", count, signal);
    show();
    follow();
    count();
  });
})(prepbook);
