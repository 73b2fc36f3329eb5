/* Where the reader stands: what to do next and why, what is covered, where it is weak, and whether the criteria are met by which
   the book calls somebody ready. From what was kept, and a list of all that there is. It must not know the page. */
(function (prepbook) {
  "use strict";
  /** Days that minutes of practice are shown for. */
  const SPAN = 14;
  /** Shares from which an area is not weak, a review is as it should be, a threat model has what ranks first, and of its minutes
      an exercise has taken so many that it was not broken off. */
  const [SOUND, FOUND, TOP, TRIED] = [0.75, 2 / 3, 0.6, 0.25];
  /** Seconds: what a threat model may take and must not be shorter than; a review; what a story takes at least and at most. */
  const [MODEL, MODEL_LEAST, REVIEW, STORY_LEAST, STORY] = [1200, 600, 600, 180, 255];

  /** @param {Attempt[]} attempts */
  const latest = (attempts) => attempts.reduce((/** @type {Attempt | undefined} */ last, it) => (last && last.at > it.at ? last : it), undefined);
  /** Found of how many, where an exercise was judged so; of a threat model what ranks first, since all of it fits into no twenty
      minutes. @param {Attempt} attempt */
  function share({ score }) {
    if (!score?.of) return undefined;
    return "tops" in score ? score.top / score.tops : score.found / score.of;
  }
  const isExercise = (/** @type {Piece} */ { kind }) => kind === "review" || kind === "drill";
  /** How well a card has been known: what was forgotten counts against it. @param {Card} card */
  const known = ({ reps, lapses, state }) => (state === 3 ? 0 : 1 - lapses / Math.max(reps, 1));

  /** @type {Prepbook["core"]["standing"]} */
  const standing = {
    done(pieces, { attempts, cards, reports }) {
      const items = new Set([...attempts.map(({ item }) => item), ...reports.map(({ item }) => item), ...cards.keys()]);
      return new Set(pieces.map(({ id }) => id).filter((id) => items.has(id)));
    },

    coverage(pieces, done, names) {
      const groups = new Map(/** @type {[string, {name: string, done: number, of: number}][]} */ ([]));
      for (const piece of pieces) {
        for (const name of names(piece)) {
          const group = groups.get(name) ?? { name, done: 0, of: 0 };
          groups.set(name, { name, done: group.done + (done.has(piece.id) ? 1 : 0), of: group.of + 1 });
        }
      }
      return [...groups.values()];
    },

    areas(pieces, { attempts, cards }) {
      const scores = new Map(/** @type {[string, {done: number[], known: number[]}][]} */ ([]));
      for (const { id, topic } of pieces) {
        const last = latest(attempts.filter(({ item, score }) => item === id && score));
        const card = cards.get(id);
        const found = last && share(last);
        const value = found ?? (card && known(card));
        if (!topic || value === undefined) continue;
        const all = scores.get(topic) ?? { done: [], known: [] };
        all[found === undefined ? "known" : "done"].push(value);
        scores.set(topic, all);
      }
      const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
      // What was done weighs as much as all that was known: there are many cards, and few exercises.
      const areas = [...scores].map(([topic, { done, known }]) =>
        ({ topic, count: done.length + known.length, score: mean([done, known].filter(({ length }) => length).map(mean)) }));
      return areas.sort((one, other) => one.score - other.score);
    },

    days(attempts, now) {
      const start = new Date(now).setHours(0, 0, 0, 0);
      return Array.from({ length: SPAN }, (_, index) => {
        // Days of 23 and 25 hours begin at midnight, too.
        const [from, to] = [SPAN - 1 - index, SPAN - 2 - index].map((back) => new Date(start).setDate(new Date(start).getDate() - back));
        return Math.round(attempts.filter(({ at }) => at >= from && at < to).reduce((sum, { seconds }) => sum + seconds, 0) / 60);
      });
    },

    scores: (attempts, ids) => attempts.filter(({ item, score }) => ids.has(item) && score).sort((one, other) => one.at - other.at).map((attempt) => share(attempt) ?? 0),

    readiness(pieces, { attempts, stories }, principles) {
      /** The kinds of piece that criteria are about. @type {Record<string, (piece: Piece) => boolean>} */
      const kinds = {
        model: ({ kind, drill }) => kind === "threat-model" || drill === "threat-model",
        review: ({ kind }) => kind === "review",
        script: ({ drill }) => drill === "scripting",
        speech: ({ drill }) => drill === "speaking",
      };
      const of = (/** @type {(piece: Piece) => boolean} */ is) => {
        const ids = new Set(pieces.filter(is).map(({ id }) => id));
        return attempts.filter(({ item, seconds, planned, score }) => ids.has(item) && (score || seconds >= planned * TRIED));
      };
      const models = of(kinds.model).filter(({ planned, seconds }) => planned >= MODEL_LEAST && seconds >= MODEL_LEAST / 2);
      // One that was compared says more than one that was not.
      const model = latest(models.filter(({ score }) => score)) ?? latest(models);
      const review = latest(of(kinds.review));
      const script = latest(of(kinds.script));
      const speech = latest(of(kinds.speech));
      const inTime = attempts.filter(({ seconds }) => seconds >= STORY_LEAST && seconds <= STORY);
      const told = principles.filter((principle) => {
        const ids = new Set([...pieces.filter((piece) => piece.kind === "story" && piece.principles.includes(principle)).map(({ id }) => id),
          ...stories.filter((story) => story.principles.includes(principle)).map(({ id }) => id)]);
        return inTime.some(({ item }) => ids.has(item));
      });
      /** @param {Attempt | undefined} last @param {(attempt: Attempt) => boolean} isMet @returns {"none" | "near" | "met"} */
      const state = (last, isMet) => (!last ? "none" : isMet(last) ? "met" : "near");
      // What a book has nothing for, its readers cannot meet.
      const has = (/** @type {Criterion} */ { name }) => (name === "stories" ? principles.length > 0 : pieces.some(kinds[name]));
      return /** @type {Criterion[]} */ ([
        { name: "model", state: state(model, (it) => it.seconds <= MODEL && (share(it) ?? 0) >= TOP), last: model },
        { name: "review", state: state(review, (it) => it.seconds <= REVIEW && (share(it) ?? 1) >= FOUND), last: review },
        { name: "script", state: state(script, ({ seconds, planned }) => seconds <= planned), last: script },
        { name: "stories", state: !told.length ? "none" : told.length === principles.length ? "met" : "near", count: told.length, of: principles.length },
        { name: "speech", state: state(speech, ({ seconds, planned }) => seconds <= planned), last: speech },
      ]).filter(has);
    },

    next({ running, plan, due, areas, pieces, done }) {
      const fresh = (/** @type {(piece: Piece) => boolean} */ is) => pieces.filter((piece) => isExercise(piece) && is(piece) && !done.has(piece.id))
        .sort((one, other) => (one.minutes || Infinity) - (other.minutes || Infinity))[0];
      const weak = areas.find(({ score, topic }) => score < SOUND && fresh((piece) => piece.topic === topic));
      // A review says at once what was found and what was not.
      const [resumed, start] = [pieces.find(({ id }) => id === running), fresh(({ kind }) => kind === "review") ?? fresh(() => true)];
      const drill = weak && fresh((piece) => piece.topic === weak.topic);
      return [
        ...(resumed ? [{ why: /** @type {const} */ ("running"), title: resumed.title, href: resumed.href }] : []),
        ...(plan ? [{ why: /** @type {const} */ ("plan"), title: plan.text, href: plan.href }] : []),
        ...(due ? [{ why: /** @type {const} */ ("due"), title: "", href: "#Cards", count: due }] : []),
        ...(weak && drill ? [{ why: /** @type {const} */ ("weak"), title: drill.title, href: drill.href, topic: weak.topic }] : []),
        ...(!plan && start ? [{ why: /** @type {const} */ ("new"), title: start.title, href: start.href }] : []),
      ];
    },

    path(values, width, height) {
      const most = Math.max(...values, 0) || 1;
      const step = values.length > 1 ? width / (values.length - 1) : 0;
      return values.map((value, index) => `${index ? "L" : "M"}${(index * step).toFixed(1)} ${(height - (value / most) * height).toFixed(1)}`).join("");
    },
  };
  prepbook.core.standing = standing;
})(prepbook);
