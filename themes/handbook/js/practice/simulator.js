/* A phone screen as it happens: while its clock runs, the part that is on and nothing else, what the interviewer asks later when
   its time has come or the reader wants it, and a place for notes. No answer shows before the end; then the reader marks the
   run (js/practice/report.js). Questions that are drawn are those of a seed, which the address can name. */
(function (prepbook) {
  "use strict";
  const { clock, screen } = prepbook.core;
  const { announce, cue, keeper, practising, store } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define } = prepbook.exercises;
  const { text } = prepbook;
  /** Letters of a seed from an address that are enough. */
  const LONGEST = 40;

  /** What the address says, or the day. */
  function named() {
    const day = new Date();
    const today = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    return new URLSearchParams(location.search).get("seed")?.slice(0, LONGEST) || today;
  }
  const words = (/** @type {Element | undefined} */ element) => element?.textContent?.trim().replace(/\s+/g, " ") ?? "";

  define(".practice-simulation[data-id]", (section, signal) => {
    const { id = "" } = section.dataset;
    const place = /** @type {HTMLElement} */ (section.querySelector(":scope > .simulator"));
    const rows = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .table .agenda [data-seconds]")]);
    const items = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .segments > li")]);
    const parts = rows.map((row) => ({ name: "", seconds: Number(row.dataset.seconds) }));
    const pools = items.map((item) => [...item.querySelectorAll(".pool [data-id]")]);
    /** What was put into the parts for the questions that are drawn. @type {Element[]} */
    let added = [];
    /** Which part shows, -1 while the clock rests, and how much of what is asked later. */
    let [on, asked] = [-1, 0];

    const half = make("p", { class: "screen-half" }, text.screen_half);
    const next = make("button", { type: "button", class: "tool" }, text.screen_next);
    const speaks = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    const mute = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
    const seed = /** @type {HTMLElement | null} */ (place.querySelector(".seed"));
    const notes = make("textarea", { rows: "4" });
    const panel = make("div", { class: "screen-panel" }, make("p", { class: "tools-row" }, next), make("label", {}, text.screen_notes, notes));

    const record = () => keeper.get("screens", id);
    /** @param {Partial<Screening>} change */
    function keep(change) {
      const before = record() ?? { seed: named(), notes: "", probes: [], ended: 0, seconds: 0 };
      keeper.set("screens", id, { ...before, ...change });
    }
    const probes = (/** @type {number} */ index) => /** @type {HTMLElement[]} */ ([...items[index].querySelectorAll(".cues > li")]);
    const script = (/** @type {number} */ index) => [...items[index].querySelectorAll(".script > :not(.cues, .script-draw, .pool, .part-label)")].map(words).join(" ");
    /** @param {string} said */
    function say(said) {
      if (said && speaks.checked && practising.leads()) cue.say(said);
    }

    /** Puts the questions that a seed draws into their parts. @param {string} by */
    function draw(by) {
      const ids = screen.draw(`${by}.${id}`, pools.map((pool) => pool.map((entry) => entry.getAttribute("data-id") ?? "")));
      ids.forEach((wanted, index) => {
        const entry = pools[index].find((one) => one.getAttribute("data-id") === wanted);
        if (!entry) return;
        const later = [...entry.querySelectorAll("li")].map((probe) => make("li", {}, words(probe)));
        const question = make("p", { class: "script-question" }, words(entry.firstElementChild ?? undefined));
        const list = make("ol", { class: "cues" }, ...later);
        items[index].querySelector(".script-draw")?.after(question, ...(later.length ? [list] : []));
        added.push(question, list);
      });
    }
    function undraw() {
      for (const element of added) element.remove();
      added = [];
    }

    /** Shows a part, and of what is asked later as much as has been asked. @param {ClockRun} run @param {Screening} kept */
    function go(run, kept) {
      const elapsed = clock.elapsed(run, Date.now());
      const index = Math.min(clock.at(parts, elapsed).index, items.length - 1);
      const later = probes(index);
      const due = later.filter(({ dataset }) => dataset.at && Number(dataset.at) * 60_000 <= elapsed).length;
      const count = Math.min(later.length, Math.max(due, kept.probes[index] ?? 0));
      if (index === on && count === asked) return;
      const isNew = index !== on;
      const isStart = on < 0 && elapsed > 1000; // The page was loaded anew: all of it has been said.
      items.forEach((item, at) => item.classList.toggle("is-now", at === index));
      later.forEach((probe, at) => (probe.hidden = at >= count));
      half.hidden = !rows[index].dataset.cue;
      next.disabled = count === later.length;
      if (isNew && !isStart) say(script(index));
      else if (count > asked && !isStart) {
        announce.say(words(later[count - 1]));
        say(words(later[count - 1].lastElementChild ?? later[count - 1]));
      }
      [on, asked] = [index, count];
    }

    function show() {
      const [run, kept] = [keeper.get("clocks", id), record()];
      if (run && !kept) return keep({}); // Which shows it.
      if (!run && kept && !kept.ended) return void keeper.set("screens", id, undefined); // The clock was forgotten.
      const isOn = !!run && !!kept && !kept.ended;
      section.classList.toggle("is-running", isOn);
      section.classList.toggle("is-ended", !!kept?.ended);
      if (isOn && !panel.isConnected) {
        draw(kept.seed);
        place.append(half);
        section.querySelector(":scope > .segments")?.after(panel);
      } else if (!isOn && panel.isConnected) {
        undraw();
        panel.remove();
        half.remove();
        cue.hush();
        on = -1;
        for (const probe of items.flatMap((_, index) => probes(index))) probe.hidden = false;
      }
      if (kept && notes.value !== kept.notes) notes.value = kept.notes;
      if (seed) seed.hidden = isOn;
      if (isOn) go(run, kept);
      // What is worked on is on other pages; this one stays.
      for (const link of section.querySelectorAll(".script a")) isOn ? link.setAttribute("target", "_blank") : link.removeAttribute("target");
    }

    next.addEventListener("click", () => {
      const counts = [...(record()?.probes ?? [])];
      counts[on] = asked + 1;
      keep({ probes: counts });
      if (next.disabled) notes.focus(); // It has no focus to keep.
    });
    notes.addEventListener("input", () => keep({ notes: notes.value }));
    speaks.checked = store.read("interviewer", /** @type {boolean} */ (false));
    speaks.addEventListener("change", async () => {
      store.write("interviewer", speaks.checked);
      const spoken = !speaks.checked || (await cue.say(on < 0 ? words(speaks.parentElement ?? undefined) : script(on)));
      mute.textContent = spoken ? "" : text.screen_no_voice;
      if (!speaks.checked) cue.hush();
    });
    section.addEventListener("prepbook:time", show, { signal });
    section.addEventListener("prepbook:done", (event) => {
      const { attempt } = /** @type {CustomEvent<{attempt: Attempt}>} */ (event).detail;
      keep({ ended: attempt.at, seconds: attempt.seconds });
    }, { signal });
    for (const name of /** @type {const} */ (["clocks", "screens"])) keeper.watch(name, show, signal);
    signal.addEventListener("abort", undraw);

    seed?.querySelector(".seed-name")?.replaceChildren(named());
    seed?.querySelector("a")?.setAttribute("href", `?seed=${Math.random().toString(36).slice(2, 8)}#${section.id}`);
    show();
  });
})(prepbook);
