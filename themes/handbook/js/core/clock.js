/* Clocks over exercises: what time is left and in which part, by what time it was and is and never by counting. Times are
   milliseconds. It must not know whose clock tells them, nor the page. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
  const STAR = { situation: 45, task: 30, action: 120, result: 45 };
  /** What an exercise takes whose author did not say so. */
  const USUAL = /** @type {Record<string, string>} */ ({ "threat-model": "15-20", review: "5-10" });

  /** @param {Record<string, number>} parts */
  const named = (parts) => Object.entries(parts).map(([name, seconds]) => ({ name, seconds }));

  /** @type {Prepbook["core"]["clock"]} */
  const clock = {
    split({ practice = "", kind = practice, minutes = USUAL[kind] ?? "4", principles = "", topic = "" }) {
      const [least, most = least] = minutes.split("-").map((text) => Number(text) * 60);
      const spoken = practice === "question" || practice === "drill";
      if (practice === "story" || kind === "behavioural" || (practice === "question" && principles && !topic)) return named(STAR);
      // Clarify, outline, go deep, connect: where there is a minute to go deep.
      if (spoken && (kind === "question" || kind === "technical") && most >= 180) {
        return named({ clarify: 30, outline: 60, deep: most - 120, connect: 30 });
      }
      return named(most > least ? { work: least, wrap: most - least } : { work: most });
    },

    start: (now) => ({ spent: 0, since: now, seen: now }),
    pause: (run, now) => ({ spent: clock.elapsed(run, now), since: 0, seen: now }),
    resume: (run, now) => ({ ...run, since: now, seen: now }),
    elapsed: ({ spent, since }, now) => spent + (since ? Math.max(0, now - since) : 0),

    follow(run, now, passed) {
      const jump = now - run.seen - passed;
      return { ...run, since: run.since + (jump < -SECOND ? Math.round(jump) : 0), seen: now };
    },
    away: ({ since, seen }, now, passed) => (since && now - seen - passed >= MINUTE ? now - seen - passed : 0),
    leaveOut: (run, away) => ({ ...run, since: run.since + away }),

    wake(run, now) {
      if (!run.since) return run;
      if (now < run.seen) return { ...run, since: run.since + now - run.seen, seen: now };
      return now - run.seen > HOUR ? clock.pause(run, run.seen) : run;
    },

    at(parts, elapsed) {
      let end = 0;
      const found = parts.findIndex(({ seconds }) => elapsed < (end += seconds * SECOND));
      const left = clock.total(parts) - elapsed;
      // Whole seconds: what is left is never less than it says, nor what is over more.
      const whole = (/** @type {number} */ time) => Math.max(0, Math.ceil(time / SECOND) * SECOND);
      return { index: found < 0 ? parts.length : found, inPart: found < 0 ? 0 : whole(end - elapsed), left: whole(left), over: left < 0 ? Math.floor(-left / SECOND) * SECOND : 0 };
    },
    total: (parts) => parts.reduce((sum, { seconds }) => sum + seconds * SECOND, 0),
    borders: (parts) => parts.map((_, index) => clock.total(parts.slice(0, index + 1))),

    show(time) {
      const seconds = Math.floor(time / SECOND);
      const two = (/** @type {number} */ count) => String(count % 60).padStart(2, "0");
      const minutes = Math.floor(seconds / 60);
      return minutes < 60 ? `${minutes}:${two(seconds)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
    },
  };
  prepbook.core.clock = clock;

  collections.clocks = {
    steps: [],
    check: (value) => is.object(value) && [value.spent, value.since, value.seen].every((time) => is.time(time) && Number(time) >= 0),
    merge: (ours) => ours,
  };
  collections.attempts = {
    log: true,
    // Since the second version an attempt may be a threat model: nothing of an older one changes.
    steps: [(older) => older],
    check: (value) => is.object(value) && is.name(value.item) && is.time(value.at) && is.count(value.seconds) && is.count(value.planned)
      && (value.score === undefined || prepbook.core.flaw.isScore(value.score) || prepbook.core.sheet.isScore(value.score))
      && (value.sheet === undefined || prepbook.core.sheet.isSheet(value.sheet)),
    merge: (ours) => ours,
  };
})(prepbook);
