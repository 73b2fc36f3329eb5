/* Reading aloud: a bar at the foot of the window with pause, ways to and fro, speed and voice, while the sentence that is said is
   marked in the text. Where it ended is kept, and gone on from the next time. */
(function (prepbook) {
  "use strict";
  const { speech } = prepbook.core;
  const { store, voices } = prepbook.platform;
  const { make } = prepbook.elements;
  const { narrator, passages } = prepbook.voice;
  const { text } = prepbook;
  const RATES = [0.6, 0.8, 1, 1.2, 1.4, 1.7, 2];
  const html = document.documentElement;
  const isMarked = "highlights" in CSS;
  /** @type {{button: HTMLElement, toggle: () => void, close: () => void} | undefined} one voice at a time */
  let current;

  /** @param {string} name @param {() => void} act */
  function button(name, act) {
    const made = make("button", { type: "button" }, name);
    made.addEventListener("click", act);
    return made;
  }

  /** Marks a sentence in the text without touching it, or its paragraph where the browser cannot. @param {Sentence} [sentence] */
  function mark(sentence) {
    document.querySelector("[data-spoken]")?.removeAttribute("data-spoken");
    if (!isMarked) sentence?.block.setAttribute("data-spoken", "");
    else if (sentence) CSS.highlights.set("spoken", new Highlight(sentence.range()));
    else CSS.highlights.delete("spoken");
  }
  /** @param {Sentence} sentence @param {number} foot what covers the window from below */
  function isInSight(sentence, foot) {
    const { top, bottom } = sentence.range().getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight - foot;
  }

  /** @param {HTMLElement} opener @param {AbortSignal} signal  ends when the button goes */
  function read(opener, signal) {
    const exercise = /** @type {HTMLElement | null} */ (opener.closest("[data-id]"));
    const place = (html.dataset.page ?? "") + (exercise ? "#" + exercise.dataset.id : "");
    const roots = () => /** @type {HTMLElement[]} */ ([...(exercise ? [exercise] : document.querySelectorAll(".page-header > h1, .content"))]);
    /** @type {Sentence[]} */
    let sentences = [];
    /** @type {ReturnType<Narrator["begin"]> | undefined} */
    let voice;
    /** The sentence that was said last: whoever has scrolled away from it is left where they are. @type {Sentence | undefined} */
    let last;
    let isOn = false;

    const said = make("p", { role: "status" });
    const toggle = button(text.aloud_go, () => (isOn ? pause() : play()));
    const moves = [button(text.aloud_back, () => move(-1)), button(text.aloud_forward, () => move(1)), button(text.aloud_first, () => play(0))];
    const rate = make("select", {}, ...RATES.map((value) => make("option", { value: String(value) }, value.toLocaleString(html.lang) + "×")));
    const choice = make("select", {});
    const named = make("label", { class: "aloud-voice" }, make("span", {}, text.aloud_voice + " "), choice);
    const speed = make("label", {}, make("span", {}, text.aloud_rate + " "), rate);
    const bar = make("aside", { class: "slip aloud", "aria-label": text.aloud }, said, toggle, moves[0], moves[1], speed, moves[2], named, button(text.close, () => {
      close();
      opener.focus();
    }));

    const places = () => store.read("aloud", /** @type {Record<string, SpokenPlace>} */ ({}));
    const keep = (/** @type {SpokenPlace=} */ at) => store.write("aloud", speech.keep(places(), place, at));

    /** @param {string} words */
    const say = (words) => said.textContent !== words && said.replaceChildren(words);
    /** @param {boolean} on */
    function turn(on) {
      isOn = on;
      toggle.textContent = on ? text.aloud_pause : text.aloud_go;
    }
    /** @param {"says" | "over" | "stopped"} state */
    function tell(state) {
      const at = voice?.at() ?? 0;
      if (state === "says") {
        const sentence = sentences[at];
        const isFollowed = !last || isInSight(last, bar.offsetHeight);
        keep(speech.place(at, sentence.text));
        mark(sentence);
        if (isFollowed && !isInSight(sentence, bar.offsetHeight)) scrollBy(0, sentence.range().getBoundingClientRect().top - innerHeight / 3);
        last = sentence;
        return;
      }
      turn(false);
      mark();
      if (state === "over") keep(undefined);
      say(state === "over" ? text.aloud_over : text.aloud_stopped);
    }
    /** From there, or from where it was. @param {number} [at] */
    function play(at) {
      if (!narrator.voice()) return;
      voice?.hush();
      // What was unfolded meanwhile is heard, too.
      sentences = passages(roots());
      if (!sentences.length) return;
      const kept = places()[place];
      const from = at ?? (kept ? speech.find(kept, sentences.map((sentence) => sentence.text)) : 0);
      say(narrator.voice()?.localService ? (at === undefined && from > 0 && !last ? text.aloud_resumed : "") : text.aloud_sends);
      voice = narrator.begin(sentences, from, tell);
      turn(true);
      voice.go();
    }
    function pause() {
      voice?.hush();
      turn(false);
    }
    /** To the paragraph before or behind. @param {-1 | 1} way */
    function move(way) {
      const at = voice?.at() ?? 0;
      const next = way > 0 ? sentences.findIndex((sentence, index) => index > at && sentence.block !== sentences[at]?.block)
        : sentences.findIndex(({ block }) => block === sentences[sentences.findIndex((sentence) => sentence.block === sentences[at]?.block) - 1]?.block);
      play(next < 0 ? (way > 0 ? at : 0) : next);
    }
    function close() {
      voice?.hush();
      mark();
      bar.remove();
      leaving.abort();
      current = undefined;
    }
    function list() {
      const [own, all] = [voices.own(), voices.list()];
      const group = (/** @type {string} */ label, /** @type {SpeechSynthesisVoice[]} */ some) =>
        make("optgroup", { label }, ...some.map(({ name, voiceURI }) => make("option", { value: voiceURI }, name)));
      const others = all.filter(({ localService }) => !localService);
      choice.replaceChildren(...(narrator.voice() ? [] : [make("option", { value: "" }, text.aloud_choose)]),
        ...(own.length ? [group(text.aloud_own, own)] : []), ...(others.length ? [group(text.aloud_others, others)] : []));
      choice.value = narrator.voice()?.voiceURI ?? "";
      named.hidden = all.length < 2 && !others.length;
      for (const tool of [toggle, ...moves, rate]) tool.disabled = !narrator.voice();
      if (!narrator.voice()) say(all.length ? text.aloud_none_own : text.aloud_none);
      else if ([text.aloud_none_own, text.aloud_none].includes(said.textContent ?? "")) say("");
    }

    const leaving = new AbortController();
    rate.value = String(RATES.find((value) => value === store.read("voice-rate", 1)) ?? 1);
    rate.addEventListener("change", () => {
      store.write("voice-rate", Number(rate.value));
      if (isOn) play(voice?.at());
    });
    choice.addEventListener("change", () => {
      store.write("voice", choice.value);
      list();
      play(voice?.at());
    });
    bar.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      close();
      opener.focus();
    });
    addEventListener("pagehide", () => globalThis.speechSynthesis?.cancel(), { signal: leaving.signal });
    signal.addEventListener("abort", close, { signal: leaving.signal });
    document.body.append(bar);
    toggle.focus({ preventScroll: true });
    narrator.ready().then(() => {
      if (leaving.signal.aborted) return;
      list();
      play();
      // Some come late.
      globalThis.speechSynthesis?.addEventListener?.("voiceschanged", list, { signal: leaving.signal });
      if (toggle.disabled) (named.hidden ? /** @type {HTMLElement} */ (bar.lastElementChild) : choice).focus({ preventScroll: true });
    });
    return { button: opener, toggle: () => (isOn ? pause() : play()), close };
  }

  prepbook.voice.aloud = {
    press(opener, signal) {
      if (current?.button === opener) return current.toggle();
      current?.close();
      current = read(opener, signal);
    },
    stop: () => current?.close(),
  };
})(prepbook);
