/* The reader's own stories on paper, a sheet each and nothing beside them, and as Markdown: all of them or one. */
(function (prepbook) {
  "use strict";
  const { clock, stories } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { copies } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define, stories: own } = prepbook.exercises;
  const { text } = prepbook;
  const root = document.documentElement;

  define(".workshop > .own", (section, signal) => {
    const { book = "" } = root.dataset;
    const template = /** @type {HTMLTemplateElement} */ (section.querySelector("template")).content;
    /** @type {Record<string, string>} */
    const labels = Object.fromEntries([...template.querySelectorAll("textarea")].map(({ name, ariaLabel }) => [name, ariaLabel ?? ""]));
    /** The story that is to be printed alone. */
    let chosen = "";
    /** @type {HTMLElement | undefined} */
    let sheets;

    const some = (/** @type {string} */ id) => own.all().filter(([each]) => !id || each === id);
    const time = (/** @type {number} */ seconds) => clock.show(seconds * 1000);
    /** @param {OwnStory} story */
    const judge = (story) => stories.judge(story, own.rules());
    /** Which principles it serves and how long it takes. @param {OwnStory} story */
    function about(story) {
      const principles = story.principles.map((id) => template.querySelector(`[value="${id}"]`)?.parentElement?.textContent?.trim() ?? id).join(", ");
      return [principles, fill(text.own_spoken, { time: time(judge(story).seconds), rate: own.rules().rate })].filter(Boolean).join(". ");
    }

    /** @param {OwnStory} story */
    function sheet(story) {
      const part = (/** @type {StoryPart | "learning"} */ name, took = "") => [make("p", { class: "part-label" }, labels[name], " ", took), make("p", { class: "screen-text" }, story[name])];
      const metrics = stories.lines(story.metrics);
      return make("section", { class: "own-sheet" }, make("h2", {}, own.title(story)), make("p", { class: "quiet" }, about(story)),
        ...judge(story).parts.flatMap(({ name, seconds }) => part(name, time(seconds))), ...(story.learning.trim() ? part("learning") : []),
        ...(metrics.length ? [make("p", { class: "part-label" }, labels.metrics), make("ul", {}, ...metrics.map((line) => make("li", {}, line)))] : []));
    }
    function lay() {
      const all = some(chosen);
      if (sheets || !all.length) return;
      sheets = make("div", { class: "own-sheets" }, ...all.map(([, story]) => sheet(story)));
      section.closest(".content")?.append(sheets);
      root.dataset.sheets = "";
    }
    function clear() {
      sheets?.remove();
      sheets = undefined;
      chosen = "";
      delete root.dataset.sheets;
    }
    /** @param {string} id */
    function save(id) {
      const all = some(id);
      const level = id ? 1 : 2;
      const texts = all.map(([, story]) => stories.markdown(story, level, { ...labels, title: own.title(story), about: about(story) }));
      const name = id ? own.title(all[0][1]).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") : new Date().toISOString().slice(0, 10);
      const top = id ? [] : [`# ${document.querySelector("h1")?.textContent}\n`];
      copies.download([...top, ...texts].join("\n"), "text/markdown", `${book}-${id ? "story" : "stories"}-${name}.md`);
    }

    section.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest("[data-act]"));
      const id = button?.closest(".own-story")?.id.slice("story.".length) ?? "";
      if (button?.dataset.act === "save") save(id);
      if (button?.dataset.act !== "print") return;
      chosen = id;
      window.print();
    }, { signal });
    addEventListener("beforeprint", lay, { signal });
    addEventListener("afterprint", clear, { signal });
  });
})(prepbook);
