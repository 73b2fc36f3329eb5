/* One answer of the reader's: to be listened to, saved as a file, deleted; how much of it is talk, part by part; what was said, and
   what that shows. It must not know how it was recorded. */
(function (prepbook) {
  "use strict";
  const { clock } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { analysis } = prepbook.voice;
  const { text } = prepbook;
  const { lang } = document.documentElement;
  /** Milliseconds without a key after which what was typed is kept. */
  const REST = 800;
  const COLUMNS = [text.rec_part, text.rec_time, text.rec_talk, text.rec_silence, text.rec_pause];

  const short = new Intl.NumberFormat(lang, { style: "unit", unit: "second", maximumFractionDigits: 1 });

  const show = (/** @type {number} */ seconds) => clock.show(Math.round(seconds) * 1000);
  /** A pause is long long before it is a minute. @param {number} seconds */
  const precise = (seconds) => (seconds < 60 ? short.format(seconds) : show(seconds));

  /** @param {RecordedPart[]} parts @param {(from: number, button: HTMLElement) => void} play */
  function table(parts, play) {
    const { tool } = prepbook.exercises;
    const rows = parts.map(({ name, from, seconds, planned, talk, pause }) => {
      const jump = tool(name || text.rec_unclocked, () => play(from, jump));
      const cells = [planned ? fill(text.rec_of, { time: show(seconds), planned: show(planned) }) : show(seconds), precise(talk), precise(seconds - talk), precise(pause)];
      return make("tr", {}, make("th", { scope: "row" }, jump), ...cells.map((cell, index) => make("td", { "data-label": COLUMNS[index + 1] }, cell)));
    });
    const head = make("tr", {}, ...COLUMNS.map((column) => make("th", { scope: "col" }, column)));
    return make("table", { class: "sheet stack" }, make("thead", {}, head), make("tbody", {}, ...rows));
  }
  /** @param {RecordedPart[]} parts @param {number} size */
  function measured(parts, size) {
    if (!parts.length) return size ? text.rec_unmeasured : "";
    const talk = parts.reduce((sum, part) => sum + part.talk, 0);
    const all = parts.reduce((sum, part) => sum + part.seconds, 0);
    return fill(text.rec_talked, { talk: precise(talk), silence: precise(all - talk), pause: precise(Math.max(...parts.map(({ pause }) => pause))) });
  }

  prepbook.voice.take = (section, id, taken, player, gone) => {
    const { tool } = prepbook.exercises;
    let { record } = taken;
    const { at, size, seconds, parts } = record;
    const date = new Date(at).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
    const title = fill(size ? text.rec_take : text.rec_written, { date, time: show(seconds) });
    const state = make("p", { role: "status" });
    const field = make("textarea", { rows: "5" });
    let timer = 0;

    const sound = async () => taken.blob ?? (await keeper.log("sounds"))[id];
    /** @param {Partial<Recording>} change */
    async function keep(change) {
      record = { ...record, ...change };
      taken.record = record;
      if (taken.isKept) await keeper.add("recordings", id, record);
    }
    /** @param {(blob: Blob) => void} use */
    async function withSound(use) {
      const blob = await sound();
      if (blob) use(blob);
      else state.textContent = text.rec_lost;
    }
    /** @param {number} from @param {HTMLElement} button */
    const play = (from, button) => withSound((blob) => player.play(id, blob, title, from, button));

    function save() {
      withSound((blob) => {
        const kind = /mp4|ogg/.exec(blob.type)?.[0] ?? "webm";
        const link = make("a", { href: URL.createObjectURL(blob), download: `${id}.${kind === "mp4" ? "m4a" : kind}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // Some browsers read it later than they say.
      });
    }
    async function remove() {
      const blob = size ? await sound() : undefined;
      // What is deleted may be wanted back, and its file is gone by then.
      const held = blob && new Blob([await blob.arrayBuffer()], { type: blob.type });
      if (taken.isKept && !(await keeper.remove("recordings", id))) return;
      player.close();
      gone({ record, blob: held, isKept: taken.isKept });
    }
    async function again() {
      const isKept = await prepbook.voice.keep(id, record, taken.blob);
      if (!isKept) return;
      [taken.isKept, taken.blob] = [true, undefined];
      state.textContent = "";
      again_.remove();
    }
    const listen = tool(text.rec_listen, () => play(0, listen));
    const again_ = tool(text.rec_keep, again);
    const tools = make("p", { class: "tools-row" }, ...(size ? [listen, tool(text.rec_save, save)] : []), ...(taken.isKept ? [] : [again_]), tool(text.rec_delete, remove));
    const seen = analysis(section, record.points, (points) => keep({ points }));
    field.value = record.said;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(write, REST);
    });
    field.addEventListener("change", write);
    function write() {
      clearTimeout(timer);
      if (field.value !== record.said) keep({ said: field.value });
      seen.show(field.value, seconds);
    }
    seen.show(record.said, seconds);
    if (!taken.isKept) state.textContent = text.rec_unkept;

    const place = make("details", { class: "details take" }, make("summary", {}, title), tools, state,
      ...(measured(parts, size) ? [make("p", {}, measured(parts, size))] : []),
      ...(parts.length > 1 ? [make("div", { class: "table" }, table(parts, play))] : []),
      make("label", {}, text.rec_said, field), ...seen.parts);
    return { place, field };
  };
})(prepbook);
