/* Recording an answer: what it means is said before the browser asks for the microphone; while it runs it pauses and ends with the
   clock, whose parts it takes for its own. Who has no microphone, or gives none, writes instead. */
(function (prepbook) {
  "use strict";
  const { clock, loudness } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { announce, keeper, store } = prepbook.platform;
  const { make } = prepbook.elements;
  const { aloud, microphone, player: playerOf, recognition, take } = prepbook.voice;
  const { text } = prepbook;
  const { lang } = document.documentElement;
  const REASONS = /** @type {Record<string, string>} */ ({ NotAllowedError: text.rec_denied, NotFoundError: text.rec_none });
  /** Milliseconds: between two looks, without a sound before that is said, and for which a part is too short to be one. */
  const [LOOK, SILENCE, SLIVER] = [200, 8000, 1500];
  /** A level that is a voice; bytes that should be free; milliseconds for which an attempt was just now. */
  const [HEARD, ROOM, JUST] = [0.25, 25_000_000, 1_800_000];
  /** @type {(() => Promise<void>) | undefined} ends the recording that is on */
  let active;

  /** @param {number} bytes */
  function amount(bytes) {
    const power = Math.min(3, Math.max(1, Math.floor(Math.log10(bytes + 1) / 3)));
    const unit = ["kilobyte", "megabyte", "gigabyte"][power - 1];
    return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / 1000 ** power);
  }

  /** Whether both are kept, the sound first: without it nothing is said to be there. */
  prepbook.voice.keep = async (id, record, blob) => {
    if (blob && !(await keeper.add("sounds", id, blob))) return false;
    return keeper.add("recordings", id, record);
  };

  /** @param {HTMLElement} section @param {HTMLElement} opener @param {AbortSignal} signal */
  function connect(section, opener, signal) {
    const { tool } = prepbook.exercises;
    const id = section.dataset.id ?? "";
    const place = /** @type {HTMLElement} */ (section.querySelector(":scope > .clock"));
    const player = playerOf(section);
    /** By id. @type {Map<string, ReturnType<typeof take> & {taken: Taken}>} */
    const shown = new Map();
    /** Those that are made on this page, and shown once they are whole. @type {Set<string>} */
    const own = new Set();
    /** The parts of the clock, once it runs. @type {ClockPart[]} */
    let parts = [];

    const start = tool(text.rec_start, () => begin());
    const writing = make("input", { type: "checkbox" });
    const offer = make("p", {});
    const said = make("p", { role: "status" });
    const before = make("div", {}, make("p", {}, text.rec_consent), make("p", { class: "tools-row" }, start, tool(text.rec_write, () => write())), offer);
    const list = make("div", {});
    const room = make("p", { class: "quiet" });
    const panel = make("section", { class: "recorder", "aria-label": text.rec }, make("p", { class: "part-label" }, text.rec), before, said, list, room);

    /** @param {string} name @param {Taken} taken @param {boolean} [isNew] */
    function add(name, taken, isNew) {
      const made = take(section, name, taken, player, (held) => {
        shown.delete(name);
        const undo = tool(text.kept_undo, async () => {
          if (held.isKept) held.isKept = await prepbook.voice.keep(name, held.record, held.blob);
          if (held.isKept) held.blob = undefined;
          note.remove();
          add(name, held, true);
        });
        const note = make("p", { class: "tools-row", tabindex: "-1" }, text.rec_deleted, " ", undo);
        made.place.replaceWith(note);
        note.focus();
        measure();
      });
      shown.set(name, { ...made, taken });
      list.prepend(made.place);
      if (isNew) made.place.open = true;
      return made;
    }
    async function load() {
      const kept = Object.entries(await keeper.log("recordings")).filter(([, { item }]) => item === id).sort(([, one], [, other]) => one.at - other.at);
      for (const [name, record] of kept) if (!shown.has(name) && !own.has(name)) add(name, { record, isKept: true });
      // Deleted in another tab.
      for (const [name, { place, taken }] of shown) {
        if (taken.isKept && !kept.some(([there]) => there === name)) {
          place.remove();
          shown.delete(name);
        }
      }
      measure();
    }
    /** Says how much room recordings take, and how much there is. */
    async function measure() {
      const all = Object.values(await keeper.log("recordings"));
      const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
      const size = all.reduce((sum, record) => sum + record.size, 0);
      const left = Math.max(0, quota - usage);
      room.textContent = quota && (size || left < ROOM) ? fill(left < ROOM ? text.rec_tight : text.rec_room, { size: amount(size), room: amount(left) }) : "";
    }

    async function write() {
      const at = Date.now();
      const attempts = Object.values(await keeper.log("attempts")).filter((one) => one.item === id && at - one.at < JUST);
      const seconds = attempts.sort((one, other) => other.at - one.at)[0]?.seconds ?? 0;
      const record = { item: id, at, seconds, size: 0, parts: [], said: "", points: [] };
      const name = `${id}.${at}`;
      own.add(name);
      add(name, { record, isKept: await prepbook.voice.keep(name, record) }, true).field.focus();
    }

    async function begin() {
      start.disabled = true;
      said.textContent = "";
      try {
        await active?.();
        aloud.stop();
        if (!microphone.canRecord()) throw new Error("no microphone");
        const at = Date.now();
        const name = `${id}.${at}`;
        own.add(name);
        const blank = { item: id, at, parts: [], said: "", points: [] };
        run(name, blank, await microphone.open((blob, time) => void prepbook.voice.keep(name, { ...blank, seconds: Math.round(time / 1000), size: blob.size }, blob)));
      } catch (error) {
        said.textContent = microphone.canRecord() ? REASONS[/** @type {Error} */ (error).name] ?? text.rec_failed : text.rec_refused;
        start.disabled = false;
        start.focus();
      }
      start.disabled = false;
    }

    /** @param {string} name @param {Omit<Recording, "seconds" | "size">} blank @param {RecordingRun} recording */
    function run(name, blank, recording) {
      const ending = new AbortController();
      /** @type {string[]} */
      const heard = [];
      /** @type {RecordedMark[]} */
      const marks = [];
      let [wasRunning, wasHeard, index] = [false, 0, -2];

      const face = make("strong", {});
      const level = make("meter", { min: "0", max: "1", "aria-hidden": "true" });
      const toggle = tool(text.clock_pause, () => (recording.isOn() ? recording.pause() : recording.resume()));
      const stop = tool(text.rec_stop, () => end());
      const state = make("span", { role: "status" });
      const bar = make("div", { class: "recording", role: "group", "aria-label": text.rec_on }, make("span", { class: "recording-sign", "aria-hidden": "true" }), face, level, toggle, stop, state);

      /** Which part of the clock it is, and whether it rests. */
      function follow() {
        const clocked = keeper.get("clocks", id);
        const running = !!clocked?.since;
        if (running && !wasRunning) recording.resume();
        if (!running && wasRunning && clocked) recording.pause();
        wasRunning = running;
        const now = running && parts.length ? clock.at(parts, clock.elapsed(clocked, Date.now())).index : -1;
        if (now === index || (clocked && !running && marks.length)) return;
        index = now;
        const from = recording.time();
        const part = parts[now];
        const mark = { name: part?.name ?? (now < 0 ? "" : text.clock_over), planned: part?.seconds ?? 0, from };
        // What is hardly begun was none.
        if (marks.length && from - marks[marks.length - 1].from < SLIVER) mark.from = /** @type {RecordedMark} */ (marks.pop()).from;
        marks.push(mark);
      }
      function look() {
        follow();
        const time = recording.time();
        const words = `${recording.isOn() ? text.rec_on : text.rec_resting} ${clock.show(time)}`;
        if (face.textContent !== words) face.textContent = words;
        level.value = recording.level();
        if (level.value > HEARD || !recording.isOn()) wasHeard = time;
        const silent = time - wasHeard > SILENCE ? text.rec_silent : "";
        if (state.textContent !== silent) state.textContent = silent;
        bar.classList.toggle("is-resting", !recording.isOn());
        toggle.textContent = recording.isOn() ? text.clock_pause : text.clock_resume;
      }
      async function end() {
        if (active !== end) return;
        active = undefined;
        ending.abort();
        clearInterval(timer);
        quiet?.();
        const hadFocus = bar.contains(document.activeElement);
        stop.disabled = true;
        const { blob, time, levels } = await recording.stop();
        bar.remove();
        before.hidden = false;
        const record = {
          ...blank, seconds: Math.round(time / 100) / 10, size: blob.size, said: heard.join(" "),
          parts: levels.length ? loudness.parts(loudness.talk(levels), marks, time) : [],
        };
        const isKept = await prepbook.voice.keep(name, record, blob);
        const made = add(name, { record, blob: isKept ? undefined : blob, isKept }, true);
        announce.say(text.rec_done);
        if (hadFocus) made.place.querySelector("button")?.focus();
        measure();
      }

      const quiet = writing.checked && writing.isConnected ? recognition.listen(recording.track, (words) => heard.push(words)) : undefined;
      active = end;
      before.hidden = true;
      place.append(bar);
      stop.focus();
      const timer = window.setInterval(look, LOOK);
      look();
      recording.track.addEventListener("ended", end, { signal: ending.signal });
      section.addEventListener("prepbook:done", () => void end(), { signal: ending.signal });
      addEventListener("beforeunload", (event) => event.preventDefault(), { signal: ending.signal });
      signal.addEventListener("abort", () => void end(), { signal: ending.signal });
    }

    async function offerText() {
      const state = await recognition.offer();
      if (state === "available") offer.replaceChildren(make("label", {}, writing, " ", text.rec_writes));
      if (state !== "downloadable" && state !== "downloading") return;
      const get = tool(text.rec_get, async () => {
        get.disabled = true;
        const done = await recognition.install();
        get.disabled = false;
        if (done) await offerText();
        else said.textContent = text.rec_not_got;
      });
      offer.replaceChildren(text.rec_gets, " ", get);
    }

    writing.checked = store.read("voice-writes", /** @type {boolean} */ (false));
    writing.addEventListener("change", () => store.write("voice-writes", writing.checked));
    section.addEventListener("prepbook:time", (event) => void ({ parts } = /** @type {CustomEvent} */ (event).detail), { signal });
    keeper.watch("recordings", load, signal);
    signal.addEventListener("abort", () => panel.remove());
    load();
    offerText();
    return {
      toggle() {
        const isOpen = panel.isConnected;
        if (isOpen) {
          player.close();
          panel.remove();
        } else (section.querySelector(":scope > .practice-body") ?? place).after(panel); // What is asked stays in sight.
        opener.setAttribute("aria-expanded", String(!isOpen));
        if (!isOpen && !before.hidden) start.focus();
      },
    };
  }

  /** @type {WeakMap<Element, {toggle: () => void}>} */
  const connected = new WeakMap();
  prepbook.voice.record = (opener, signal) => {
    const section = /** @type {HTMLElement} */ (opener.closest("[data-id]"));
    const made = connected.get(section) ?? connect(section, opener, signal);
    connected.set(section, made);
    made.toggle();
  };
})(prepbook);
