/* Cards and when they come again: the scheduler is ts-fsrs, what is ours are days, the limit of new cards, and the day of the
   interview, before which every card has been seen. Times are milliseconds. It must not know what is on a card. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  const DAY = 86_400_000;
  /** Days before the interview to which cards are called that would come later. */
  const LAST = 3;
  /** No clock is set so late: from a card that was seen then the next date might be none. */
  const NEVER = Date.UTC(3000, 0);
  const scheduler = FSRS.fsrs(FSRS.generatorParameters({ request_retention: 0.9, enable_fuzz: false }));

  /** @param {Card | undefined} card @param {number} now */
  const opened = (card, now) => card
    ? {
        due: new Date(card.due),
        stability: card.stability,
        difficulty: card.difficulty,
        elapsed_days: 0,
        scheduled_days: card.days,
        learning_steps: card.step,
        reps: card.reps,
        lapses: card.lapses,
        state: card.state,
        last_review: new Date(card.last),
      }
    : FSRS.createEmptyCard(new Date(now));

  /** Where a day starts, as the reader's calendar has it; `days` later. */
  const midnight = (/** @type {number} */ time, days = 0) => new Date(time).setHours(24 * days, 0, 0, 0);
  /** @param {string} date such as 2026-12-20 */
  const dayOf = (date) => new Date(date + "T00:00").getTime();
  /** A number that is always the same for an id. @param {string} id */
  const spread = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);

  /** Never after the last days before the interview, unless it was seen in these. @param {number} due @param {string} id @param {Deck} deck @param {number} now */
  function before(due, id, { date }, now) {
    const day = date ? dayOf(date) : NaN;
    if (!(due >= day) || now >= midnight(day, -LAST)) return due;
    return midnight(day, -1 - (spread(id) % LAST));
  }

  /** @type {Prepbook["core"]["cards"]} */
  const cards = {
    usual: { limit: 10, date: "", out: [] },

    grade(card, id, grade, deck, now) {
      // A clock that was set back must not make time run backwards.
      const time = Math.max(now, card?.last ?? 0);
      const { card: next } = scheduler.next(opened(card, time), new Date(time), grade);
      return {
        due: before(next.due.getTime(), id, deck, time),
        stability: next.stability,
        difficulty: next.difficulty,
        days: next.scheduled_days,
        step: next.learning_steps,
        reps: next.reps,
        lapses: next.lapses,
        state: next.state,
        last: time,
        first: card?.first ?? time,
        rests: 0,
      };
    },

    bury: (card, now) => ({ ...card, rests: midnight(now, 1) }),

    today(ids, known, { limit, date }, now) {
      const end = midnight(now, 1);
      const isSeen = (/** @type {string} */ id) => known.has(id);
      const dueOf = (/** @type {string} */ id) => known.get(id)?.due ?? 0;
      const due = ids.filter((id) => isSeen(id) && dueOf(id) < end && (known.get(id)?.rests ?? 0) <= now);
      const fresh = ids.filter((id) => !isSeen(id));
      const begun = ids.filter((id) => (known.get(id)?.first ?? 0) >= midnight(now)).length;
      const days = date ? Math.round((dayOf(date) - midnight(now)) / DAY) : 0;
      // What is left, and what was begun today, spread over the days that are left.
      const most = days > 0 ? Math.max(limit, Math.ceil((fresh.length + begun) / days)) : limit;
      return { due: due.sort((one, other) => dueOf(one) - dueOf(other)), fresh: fresh.slice(0, Math.max(0, most - begun)) };
    },
    mix: (decks) => decks.flatMap((deck) => deck.map((stop, index) => ({ stop, at: (index + 0.5) / deck.length })))
      .sort((one, other) => one.at - other.at).map(({ stop }) => stop),
    isToday: ({ due }, now) => due < midnight(now, 1),
    days: (due, now) => Math.round((midnight(due) - midnight(now)) / DAY),
  };
  prepbook.core.cards = cards;

  /** What the scheduler reckons with: others it refuses. @param {Record<string, unknown>} card */
  const isMemory = ({ stability, difficulty }) =>
    Number(stability) >= 1e-3 && Number(stability) <= 36_500 && Number(difficulty) >= 1 && Number(difficulty) <= 10;

  collections.cards = {
    steps: [],
    check: (value) => is.object(value) && [value.due, value.last, value.first, value.rests, value.stability, value.difficulty, value.days].every(is.time)
      && isMemory(value) && Number(value.last) < NEVER && [value.step, value.reps, value.lapses].every(is.count) && [0, 1, 2, 3].includes(/** @type {any} */ (value.state)),
    merge: (ours, theirs) => (theirs.last > ours.last ? theirs : ours),
  };
  collections.deck = {
    steps: [(older) => ({ ...older, out: [] })],
    check: (value) => is.object(value) && is.count(value.limit) && typeof value.date === "string" && /^(\d{4}-\d\d-\d\d)?$/.test(value.date)
      && Array.isArray(value.out) && value.out.every(is.name),
    merge: (ours) => ours,
  };
  collections.findings = {
    steps: [],
    check: (value) => Array.isArray(value) && value.every(is.name),
    merge: (ours) => ours,
  };
})(prepbook);
