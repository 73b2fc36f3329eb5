/* What the suspicions of a review were worth, once its clock is done: how many flaws were found and how soon, each finding and
   each decoy with what became of it, false alarms by line, and the scores before. */
(function (prepbook) {
  "use strict";
  const { clock, flaw } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper } = prepbook.platform;
  const { make } = prepbook.elements;
  const { define } = prepbook.exercises;
  const { text } = prepbook;
  /** Earlier scores to show. */
  const MOST = 5;

  /** @param {HTMLElement} place */
  const lineOf = (place) => Number(place.dataset.line);
  /** @param {Score} score */
  const summary = ({ found, of, wrong }) => fill(text.flaw_summary, { found, of, wrong: fill(text.flaw_alarms, { count: wrong }) });

  define(".practice-review[data-id]:has(.review-code)", (review, signal) => {
    const { id = "" } = review.dataset;
    const answer = /** @type {HTMLDetailsElement | null} */ (review.querySelector(":scope > .review-answer"));
    const block = make("div", { class: "verdict" });
    const all = (/** @type {string} */ selector) => /** @type {HTMLElement[]} */ ([...review.querySelectorAll(selector)]);
    const [findings, decoys] = [all(".practice-finding[data-line]"), all(".practice-decoy[data-line]")];
    const link = (/** @type {number} */ line) => make("a", { href: `#${id}.L${line}` }, fill(text.flaw_line, { line }));

    /** @param {HTMLElement} place @param {string} kind @param {string[]} said */
    function tag(place, kind, ...said) {
      place.prepend(make("p", { class: "flaw-tag " + kind }, said.filter(Boolean).join(", ")));
    }
    function clear() {
      block.remove();
      for (const old of review.querySelectorAll(".flaw-tag")) old.remove();
    }
    /** @param {Judgement} judgement @param {Score[]} before */
    function tell({ verdicts, taken, wrong, score }, before) {
      clear();
      findings.forEach((place, index) => {
        const { mark, named, rated } = verdicts[index];
        if (!mark) tag(place, "is-missed", text.flaw_missed);
        else tag(place, "is-found", fill(text.flaw_found, { time: clock.show(mark.after) }),
          mark.family && (named ? text.flaw_named : text.flaw_misnamed), mark.severity && (rated ? text.flaw_rated : text.flaw_misrated));
      });
      for (const decoy of decoys.filter((place) => taken.includes(lineOf(place)))) tag(decoy, "is-missed", text.flaw_taken);
      const first = score.first === null ? "" : " " + fill(text.flaw_first, { time: clock.show(score.first) });
      block.replaceChildren(
        make("p", {}, make("strong", {}, summary(score)), first),
        ...(score.found ? [make("p", {}, fill(text.flaw_judged, { named: score.named, rated: score.rated, found: score.found }))] : []),
        ...wrong.map((line) => make("p", {}, link(line), ": ", text.flaw_nothing)),
        ...taken.map((line) => make("p", {}, link(line), ": ", text.flaw_decoy)));
      const scores = before.slice(0, MOST).map(({ found, of }) => fill(text.flaw_of, { found, of }));
      if (scores.length) block.append(make("p", {}, fill(text.flaw_before, { scores: scores.join(", ") })));
      review.querySelector(".review-code")?.after(block);
      if (answer) answer.open = true;
    }

    review.addEventListener("prepbook:done", async (event) => {
      const { attempt, said } = /** @type {CustomEvent<{attempt: Attempt, said: string[]}>} */ (event).detail;
      const marks = keeper.get("marks", id);
      if (!marks) return; // Who only wanted the clock is not judged.
      const facts = findings.map((place) => ({ line: lineOf(place), cwe: (place.dataset.cwe ?? "").split(" "), severity: place.dataset.severity ?? "" }));
      const judgement = flaw.judge(marks, facts, decoys.map(lineOf));
      attempt.score = judgement.score;
      said.push(summary(judgement.score));
      const attempts = Object.values(await keeper.log("attempts")).filter(({ item, at }) => item === id && at < attempt.at);
      tell(judgement, attempts.sort((one, other) => other.at - one.at).flatMap(({ score }) => (score && "wrong" in score ? score : [])));
    }, { signal });
    /** Whether the clock ran at the last look: whoever starts it again begins with the answer closed. */
    let ran = !!keeper.get("clocks", id);
    keeper.watch("clocks", () => {
      const runs = !!keeper.get("clocks", id);
      if (runs) clear();
      if (runs && !ran && answer) answer.open = false;
      ran = runs;
    }, signal);
  });
})(prepbook);
