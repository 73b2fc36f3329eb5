/* The reader's own stories: how long each part takes to tell, what is still missing, which principle has how many, and a story as
   Markdown. Sentences are judged as the build judges the book's own stories (src/parse/practice/story.rs). It must not know the page. */
(function (prepbook) {
  "use strict";
  const { spoken } = prepbook.core;
  const { collections, is } = prepbook.core.keeping;
  /** Seconds that a story takes in all, at least and at most. */
  const TOTAL = [180, 255];
  /** The share of its time that a part takes at least. */
  const LEAST = 0.6;
  /** Numbers that a story has at least, and principles that it carries at most. */
  const [METRICS, CARRIES] = [2, 3];
  /** What is told aloud, in this order; what was learnt closes the result. */
  const TOLD = /** @type {const} */ (["situation", "task", "action", "result", "learning"]);

  /** Each on a line of its own. @param {string} text */
  const lines = (text) => text.split("\n").map((line) => line.replace(/^[-*•]\s+/, "").trim()).filter(Boolean);

  /** @type {Prepbook["core"]["stories"]} */
  const stories = {
    total: TOTAL,

    lines,

    blank: (place, at, principles) => ({ title: "", principles, situation: "", task: "", action: "", result: "", learning: "", metrics: "", place, at }),

    sort: (entries) => entries.sort(([one, { place }], [other, { place: next }]) => place - next || (one < other ? -1 : 1)),

    judge(story, { rate, tolerance, parts, persons: acting }) {
      const wordsFor = (/** @type {number} */ seconds) => Math.ceil((seconds * rate) / 60);
      /** Words that are too many, or, below zero, that are wanting. @param {number} seconds @param {number} least @param {number} most */
      const off = (seconds, least, most) => (seconds > most ? wordsFor(seconds - most) : seconds < least ? -wordsFor(least - seconds) : 0);
      const judged = parts.map(({ name, seconds: budget }) => {
        const words = spoken.words(story[name]) + (name === "result" ? spoken.words(story.learning) : 0);
        const seconds = spoken.seconds(words, rate);
        return { name, words, seconds, off: off(seconds, Math.floor(budget * LEAST), budget + Math.floor((budget * tolerance) / 100)) };
      });
      const seconds = judged.reduce((sum, part) => sum + part.seconds, 0);
      const isWhole = judged.every(({ words }) => words > 0);
      const persons = TOLD.map((field) => ({ field, ...spoken.persons(story[field], acting) }));
      const i = persons.reduce((sum, found) => sum + found.i.length, 0);
      const we = persons.flatMap(({ field, we }) => we.map((range) => ({ field, range })));
      const metrics = lines(story.metrics);
      const total = isWhole ? off(seconds, TOTAL[0], TOTAL[1]) : 0;
      /** @type {StoryGap[]} */
      const gaps = [];
      if (!story.principles.length) gaps.push({ kind: "principle", count: 0 });
      if (story.principles.length > CARRIES) gaps.push({ kind: "principles", count: story.principles.length });
      if (total) gaps.push({ kind: total > 0 ? "long" : "short", count: Math.abs(total) });
      if (we.length) gaps.push({ kind: "we", count: we.length, ...we[0] });
      if (we.length && i <= we.length) gaps.push({ kind: "i", count: i });
      if (story.result.trim() && !spoken.measures(story.result)) gaps.push({ kind: "number", count: 0, field: "result" });
      if (isWhole && metrics.length < METRICS) gaps.push({ kind: "metrics", count: metrics.length, field: "metrics" });
      const bare = metrics.find((line) => !/[0-9]/.test(line) && !spoken.measures(line));
      if (bare) gaps.push({ kind: "metric", count: 0, field: "metrics", range: [story.metrics.indexOf(bare), story.metrics.indexOf(bare) + bare.length] });
      return { parts: judged, seconds, i, we: we.length, gaps, isWritten: judged.every(({ off, words }) => words > 0 && off >= 0) };
    },

    cover: (principles, all) => {
      const serving = (/** @type {string} */ id) => all.filter(([, story]) => story.principles.includes(id)).length;
      return {
        none: principles.filter((id) => !serving(id)),
        one: principles.filter((id) => serving(id) === 1),
        many: all.flatMap(([id, story]) => (story.principles.length > CARRIES ? [id] : [])),
      };
    },

    markdown(story, level, words) {
      const heading = (/** @type {number} */ deeper, /** @type {string} */ text) => `${"#".repeat(level + deeper)} ${text}`;
      const parts = TOLD.slice(0, 4).map((field) => [heading(1, words[field]), story[field].trim()]);
      const metrics = lines(story.metrics).map((line) => `- ${line}`).join("\n");
      return [heading(0, words.title), words.about, ...parts.flat(), ...(story.learning.trim() ? [heading(2, words.learning), story.learning.trim()] : []),
        ...(metrics ? [heading(1, words.metrics), metrics] : [])].filter(Boolean).join("\n\n") + "\n";
    },
  };
  prepbook.core.stories = stories;

  collections.stories = {
    steps: [],
    check: (value) => is.object(value) && [...TOLD, "title", "metrics"].every((field) => is.text(value[field])) && is.time(value.place) && is.time(value.at)
      && Array.isArray(value.principles) && value.principles.every(is.name),
    merge: (ours, theirs) => (theirs.at > ours.at ? theirs : ours),
  };
})(prepbook);
