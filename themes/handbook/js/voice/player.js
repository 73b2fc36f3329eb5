/* Plays an answer of the reader's in a bar that stays in sight, so that the model answer can be read beside it. */
(function (prepbook) {
  "use strict";
  const { make } = prepbook.elements;
  const { text } = prepbook;

  prepbook.voice.player = (section) => {
    const { tool } = prepbook.exercises;
    const audio = make("audio", { controls: "", preload: "auto" });
    const answers = /** @type {HTMLDetailsElement[]} */ ([...section.querySelectorAll(":scope > .answer, :scope > .segments .answer")]);
    const beside = answers[0] ?? section.querySelector(".story-part");
    /** @type {HTMLElement | undefined} */
    let opener;
    let playing = "";

    function close() {
      bar.remove();
      URL.revokeObjectURL(audio.src);
      audio.removeAttribute("src");
      audio.load();
      opener?.focus();
    }
    const show = tool(text.rec_answer, () => {
      for (const answer of answers) answer.open = true;
      beside?.scrollIntoView({ block: "center" });
    });
    const name = make("span", {});
    const bar = make("div", { class: "player", role: "group", "aria-label": text.rec_playing }, name, audio, ...(beside ? [show] : []), tool(text.close, close));

    /** Of some files browsers know no length before they have been at the end, and go nowhere in them. */
    function measure() {
      if (Number.isFinite(audio.duration)) return Promise.resolve();
      return new Promise((resolve) => {
        audio.addEventListener("durationchange", resolve, { once: true });
        audio.currentTime = 1e9;
      });
    }
    return {
      async play(id, blob, title, from, button) {
        opener = button;
        if (playing !== id || !bar.isConnected) {
          if (bar.isConnected) URL.revokeObjectURL(audio.src);
          audio.src = URL.createObjectURL(blob);
          name.textContent = title;
          section.querySelector(":scope > .recorder")?.after(bar);
          playing = id;
        }
        if (audio.readyState < HTMLMediaElement.HAVE_METADATA) await new Promise((resolve) => audio.addEventListener("loadedmetadata", resolve, { once: true }));
        await measure();
        audio.currentTime = from;
        await audio.play().catch(() => undefined); // Its own button plays it, then.
      },
      close: () => bar.isConnected && close(),
    };
  };
})(prepbook);
