/* A plan by the calendar: which day it is, what is to be done today and what was left, and the plan as a calendar file. Days are
   dates such as 2026-11-26, as the reader's calendar has them. It must not know the page. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  const DAY = 86_400_000;
  /** The longest plan, in days: with dates of these years no sum leaves the calendar. */
  const LONGEST = 10_000;
  const isDate = (/** @type {unknown} */ value) => typeof value === "string" && /^[12]\d{3}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  /** What a line of a calendar file may hold, in bytes (RFC 5545, section 3.1). */
  const LINE = 75;

  /** A text as a calendar file has it (RFC 5545, section 3.3.11). @param {string} text */
  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  /** A line in pieces of so many bytes, none of which splits a letter; all but the first begin with a space. @param {string} line */
  function folded(line) {
    const pieces = [""];
    let bytes = 0;
    for (const letter of line) {
      const more = new TextEncoder().encode(letter).length;
      if (bytes + more > LINE) {
        pieces.push(" ");
        bytes = 1;
      }
      pieces[pieces.length - 1] += letter;
      bytes += more;
    }
    return pieces.join("\r\n");
  }

  /** @type {Prepbook["core"]["plan"]} */
  const plan = {
    add: (date, days) => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10),
    between: (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY),
    // The reader's calendar, not the one of Greenwich.
    today(now) {
      const date = new Date(now);
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    },
    startFor: (interview, { days }) => plan.add(interview, -(days.at(-1)?.day ?? 0)),
    interviewOf: (start, { days }) => plan.add(start, days.at(-1)?.day ?? 0),
    dateOf: ({ start }, day) => plan.add(start, day - 1),

    standing(record, done, today) {
      const last = record.days.at(-1)?.day ?? 0;
      const day = plan.between(record.start, today) + 1;
      // After the interview nothing is left to be done.
      const isOver = !!record.fixed && day > last;
      const open = (/** @type {PlanDay[]} */ days) => isOver ? [] : days.flatMap(({ items }) => items.filter(({ key }) => !done.has(key)));
      const now = record.days.find((it) => it.day === day);
      const left = open(record.days.filter((it) => it.day < day && it.day >= record.from));
      const next = open(now ? [now] : [])[0] ?? left[0] ?? open(record.days.filter((it) => it.day > day))[0];
      return { day, last, items: now?.items ?? [], left, next, minutes: left.reduce((sum, { minutes }) => sum + minutes, 0) };
    },

    move: (record, days) => ({ ...record, start: plan.add(record.start, days) }),

    earliest: (record, practice, done, day) =>
      record.days.filter((it) => it.day <= day).flatMap(({ items }) => items).find((item) => item.practice === practice && !done.has(item.key)),

    calendar(record, { id, link }, now) {
      const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
      const plain = (/** @type {string} */ date) => date.replace(/-/g, "");
      const events = record.days.flatMap(({ day, items }) => {
        const date = plan.dateOf(record, day);
        return [
          "BEGIN:VEVENT",
          `UID:${id}.${day}@prepbook`,
          `DTSTAMP:${stamp}`,
          `DTSTART;VALUE=DATE:${plain(date)}`,
          `DTEND;VALUE=DATE:${plain(plan.add(date, 1))}`,
          `SUMMARY:${escaped(`${record.title} ${day}: ${items.map(({ text }) => text).join("; ")}`)}`,
          `DESCRIPTION:${escaped(items.map((item) => `${item.text} (${item.minutes} min)`).join("\n"))}`,
          ...(link ? [`URL:${link}`] : []),
          "TRANSP:TRANSPARENT",
          "END:VEVENT",
        ];
      });
      return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prepbook//plan//EN", "CALSCALE:GREGORIAN", ...events, "END:VCALENDAR", ""].map(folded).join("\r\n");
    },
  };
  prepbook.core.plan = plan;

  /** @param {unknown} value */
  const isItem = (value) => is.object(value) && is.name(value.key) && [value.text, value.practice].every(is.text) && is.address(value.href) && is.count(value.minutes);
  /** @param {unknown} value */
  const isDay = (value) => is.object(value) && is.count(value.day) && Number(value.day) <= LONGEST && is.count(value.minutes) && Array.isArray(value.items) && value.items.every(isItem);
  collections.plans = {
    steps: [],
    check: (value) => is.object(value) && is.text(value.title) && is.address(value.href) && isDate(value.start) && is.count(value.from) && is.time(value.at)
      && (value.fixed === undefined || typeof value.fixed === "boolean") && Array.isArray(value.days) && value.days.length > 0 && value.days.every(isDay)
      && (value.emergency === null || (is.object(value.emergency) && is.text(value.emergency.title) && is.address(value.emergency.href))),
    merge: (ours, theirs) => (theirs.at > ours.at ? theirs : ours),
  };
})(prepbook);
