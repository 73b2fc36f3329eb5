/* The clock of an exercise: its parts, the time left, and a cue at each border if the reader has asked for one. How it stands is
   kept, so that it goes on on the next page view and in other tabs; it is told by what time it is, so sleep takes nothing away. */
(function (prepbook) {
  "use strict";
  const { clock } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { announce, cue, keeper, practising, store } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));

  /** The parts that the page shows, or those that are usual. @param {HTMLElement} section @returns {ClockPart[]} */
  function partsOf(section) {
    const rows = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .table :is(.parts, .agenda) [data-seconds], :scope > [data-budget]")]);
    const shown = rows.map((row) => ({
      name: (row.querySelector(".part-name, td:last-child") ?? row.querySelector(".part-label")?.firstChild)?.textContent?.trim() ?? "",
      before: row.dataset.cue,
      seconds: Number(row.dataset.budget ?? row.dataset.seconds),
    }));
    if (shown.length && shown.every(({ seconds }) => seconds > 0)) return shown;
    return clock.split(section.dataset).map(({ name, seconds }) => ({ name: words["clock_" + name], seconds }));
  }

  /** What a part is called as it begins. @param {ClockPart} part */
  const called = ({ name, before }) => (before ? `${before}: ${name}` : name);

  define(".clock", (place, signal) => {
    const section = /** @type {HTMLElement} */ (place.closest("[data-id]"));
    const id = section.dataset.id ?? "";
    const parts = partsOf(section);
    const total = clock.total(parts);
    const [first, ...others] = place.querySelectorAll("button");
    /** @type {ClockRun | undefined} */
    let run = keeper.get("clocks", id);
    /** When `run.seen` was, by a clock that nobody can set. */
    let mono = performance.now();
    /** The timer; for how long the page was away; how many borders were passed; when the run was last kept as it stands. */
    let [timer, away, reached, kept] = [0, 0, 0, 0];

    const face = make("p", { class: "clock-face", role: "timer" });
    const bar = make("p", { class: "clock-bar", "aria-hidden": "true" }, ...parts.map(({ seconds }) => {
      const part = make("span", {}, make("span", {}));
      part.style.flexGrow = String(seconds);
      return part;
    }));
    const missed = make("p", { class: "clock-away tools-row" });
    const toggle = tool(text.clock_pause, () => (run?.since ? put(clock.pause(run, Date.now())) : go()));
    const ways = make("select", {}, ...cue.ways.map((way) => make("option", { value: way }, words["cue_" + way])));
    const tools = make("p", { class: "tools-row" }, toggle, tool(text.clock_done, () => finish(true)), tool(text.clock_drop, () => finish(false)),
      make("label", {}, text.cue + " ", ways));
    const panel = make("div", { class: "clock-panel" }, face, bar, missed, tools);
    const result = make("span", { class: "clock-result", tabindex: "-1" });

    /** @param {ClockRun | undefined} next */
    const put = (next) => keeper.set("clocks", id, next);

    /** One clock runs at a time. */
    function go() {
      for (const other of keeper.ids("clocks")) {
        const running = /** @type {ClockRun} */ (keeper.get("clocks", other));
        if (running.since) keeper.set("clocks", other, clock.pause(running, Date.now()));
      }
      // Whoever judges the exercise begins anew.
      if (!run) section.dispatchEvent(new CustomEvent("prepbook:start"));
      put(run ? clock.resume(run, Date.now()) : clock.start(Date.now()));
      toggle.focus();
    }
    /** @param {boolean} counts */
    async function finish(counts) {
      const now = Date.now();
      const seconds = Math.round(clock.elapsed(/** @type {ClockRun} */ (run), now) / 1000);
      /** @type {Attempt} */
      const attempt = { item: id, at: now, seconds, planned: total / 1000 };
      const said = [fill(text.clock_took, { time: clock.show(seconds * 1000), planned: clock.show(total) })];
      // Whoever judges the exercise adds a score, and what it is in words.
      if (counts) section.dispatchEvent(new CustomEvent("prepbook:done", { detail: { attempt, said } }));
      put(undefined);
      first.focus();
      if (!counts) return;
      const before = Object.values(await keeper.log("attempts")).filter(({ item }) => item === id).sort((one, other) => other.at - one.at);
      await keeper.add("attempts", `${id}.${now}`, attempt);
      document.dispatchEvent(new CustomEvent("prepbook:attempt", { detail: attempt }));
      const times = before.slice(0, 3).map((earlier) => clock.show(earlier.seconds * 1000)).join(", ");
      announce.say(said.join(" "));
      result.replaceChildren([...said, ...(times ? [fill(text.clock_before, { times })] : [])].join(" "));
    }

    /** What is still to be said. @returns {Border[]} */
    function ahead() {
      const elapsed = run?.since ? clock.elapsed(run, Date.now()) : Infinity;
      const all = clock.borders(parts).map((border, index) => ({
        after: border - elapsed,
        words: parts[index + 1] ? called(parts[index + 1]) : text.clock_up,
        last: border === total,
      }));
      return all.filter(({ after }) => after > 0);
    }
    const arm = () => practising.leads() && cue.arm(ways.value, ahead());
    /** Says a border that has been passed since the last look, for those who do not see the page. @param {number} elapsed */
    function tell(elapsed) {
      const passed = clock.borders(parts).filter((border) => border <= elapsed).length;
      if (passed > reached && practising.leads()) {
        const next = parts[passed];
        announce.say(next ? fill(text.clock_next, { part: called(next), time: clock.show(next.seconds * 1000) }) : text.clock_up);
      }
      reached = passed;
    }
    function draw() {
      const elapsed = clock.elapsed(/** @type {ClockRun} */ (run), Date.now());
      const { index, inPart, left, over } = clock.at(parts, elapsed);
      const time = over ? "+" + clock.show(over) : clock.show(left);
      const part = parts[index] && parts.length > 1 ? fill(text.clock_part, { part: parts[index].name, time: clock.show(inPart) }) : parts[index]?.name ?? text.clock_over;
      face.replaceChildren(make("strong", { class: over ? "is-over" : "" }, time), " ", make("span", {}, part));
      bar.childNodes.forEach((segment, at) => {
        const share = at < index ? 1 : at > index ? 0 : 1 - inPart / (parts[at].seconds * 1000);
        /** @type {HTMLElement} */ (segment.firstChild).style.inlineSize = share * 100 + "%";
      });
      tell(elapsed);
      section.dispatchEvent(new CustomEvent("prepbook:time", { detail: { parts, index } }));
      if (run?.since) practising.title(time);
    }
    /** Looks at the time, and again when the next second begins. */
    function tick() {
      clearTimeout(timer);
      if (!run?.since || signal.aborted) return;
      const [now, passed] = [Date.now(), performance.now() - mono];
      const gone = clock.away(run, now, passed);
      const next = clock.follow(run, now, passed);
      const isNews = next.since !== run.since || now - kept >= 60_000;
      [run, mono] = [next, performance.now()];
      if (isNews && practising.leads()) put(run); // Which shows it.
      if (gone) miss(gone);
      draw();
      const rest = (total - clock.elapsed(run, now)) % 1000;
      timer = window.setTimeout(tick, rest > 0 ? rest : 1000 + rest);
    }
    /** @param {number} time for which the page was not there, or the computer asleep */
    function miss(time) {
      away = time;
      const leave = tool(text.clock_leave_out, () => {
        away = 0;
        put(clock.leaveOut(/** @type {ClockRun} */ (run), time));
        toggle.focus();
      });
      missed.replaceChildren(...(away ? [fill(text.clock_away, { time: clock.show(away) }), leave] : []));
      arm(); // The browser's own time for sounds may have slept as well.
    }
    /** As the store has it, which another tab may have changed. */
    function show() {
      const before = run;
      run = keeper.get("clocks", id);
      mono = performance.now();
      kept = run?.seen ?? 0;
      if (run?.since) run = { ...run, seen: Date.now() };
      if (run && !before) result.replaceChildren();
      if (run && !panel.isConnected) {
        first.replaceWith(panel);
        tools.append(...others);
      } else if (!run) panel.replaceWith(first, ...others, result);
      if (run) result.remove();
      if (!run) [away, reached] = [0, 0];
      if (!away) missed.replaceChildren();
      toggle.replaceChildren(run?.since ? text.clock_pause : text.clock_resume);
      if (run) draw();
      if (run?.since) {
        practising.begin(arm);
        // Not at each look: a cue that is due at this moment would be given twice, or not at all.
        if (run.since !== before?.since || run.spent !== before.spent) arm();
        tick();
      } else if (before?.since) stop();
    }
    function stop() {
      clearTimeout(timer);
      cue.arm("none", []);
      practising.end();
    }

    first.addEventListener("click", go, { signal });
    ways.value = store.read("cue", "none");
    ways.addEventListener("change", () => {
      store.write("cue", ways.value);
      const sample = { after: 50, words: words["cue_" + ways.value], last: false };
      cue.arm(ways.value, [sample, ...ahead()]);
    });
    const rest = () => {
      if (document.visibilityState === "visible") tick();
      else if (run?.since && practising.leads()) put({ ...run, seen: Date.now() });
    };
    document.addEventListener("visibilitychange", rest, { signal });
    addEventListener("pagehide", rest, { signal });
    addEventListener("pageshow", tick, { signal });
    signal.addEventListener("abort", () => run?.since && stop());
    keeper.watch("clocks", show, signal);
    if (run) {
      const now = Date.now();
      const gone = clock.away(run, now, 0);
      const woken = clock.wake(run, now);
      reached = clock.borders(parts).filter((border) => border <= clock.elapsed(woken, now)).length;
      if (woken !== run) put(woken);
      else show();
      if (woken.since && gone) miss(gone);
    }
  });
})(prepbook);
