/* A card: who has seen its back says how well it was known, by a button or the keys 1 to 4, and it comes again when it would be
   forgotten. On a walk through the deck the next card follows. What a card is made of, and how it turns, is told by its face. */
(function (prepbook) {
  "use strict";
  const { cards, tree } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper, walk } = prepbook.platform;
  const { make } = prepbook.elements;
  const { tool } = prepbook.exercises;
  const { text } = prepbook;
  const GRADES = /** @type {const} */ ([[1, text.card_again], [2, text.card_hard], [3, text.card_good], [4, text.card_easy]]);
  /** Made when it is wanted: the first one costs more than all else that a page with cards starts. @type {Intl.RelativeTimeFormat} */
  let times;

  /** Such as "in 3 days". @param {number} due @param {number} now */
  function when(due, now) {
    times ??= new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    const days = cards.days(due, now);
    return days > 0 ? times.format(days, "day") : times.format(Math.max(1, Math.round((due - now) / 60_000)), "minute");
  }

  prepbook.exercises.card = (place, { id, anchor, answer, element = "div", asks, show: button = text.card_show, lay, turn }, signal) => {
    const bar = make(element, { class: "card-bar tools-row" });
    const isGroup = element === "div"; // In a list of terms stand terms and what belongs to them.
    const grades = make(element, { class: "grades tools-row", role: isGroup ? "group" : null, "aria-label": isGroup ? text.card_grade : null });
    /** Of a card that is turned by a button; an answer says so itself. */
    let isShown = false;

    const isStop = () => walk.read().stops[0]?.id === id && tree.plain(location.hash) === "#" + anchor;
    const settings = () => keeper.get("deck", "all") ?? cards.usual;

    /** @param {1 | 2 | 3 | 4} grade */
    function give(grade) {
      const [before, now] = [keeper.get("cards", id), Date.now()];
      const card = cards.grade(before, id, grade, settings(), now);
      const onWalk = isStop();
      keeper.set("cards", id, card);
      if (onWalk) return walk.pass(cards.isToday(card, now), before ?? null);
      grades.replaceChildren(make("span", { tabindex: "-1" }, fill(text.card_given, { when: when(card.due, now) })), tool(text.card_undo, () => {
        keeper.set("cards", id, before);
        ask();
        grades.querySelector("button")?.focus();
      }));
      /** @type {HTMLElement} */ (grades.firstChild).focus();
    }
    /** Asks how well it was known, each answer with when the card would come again. */
    function ask() {
      const [card, now] = [keeper.get("cards", id), Date.now()];
      grades.replaceChildren(make("span", {}, text.card_grade), ...GRADES.map(([grade, name]) => {
        const { due } = cards.grade(card, id, grade, settings(), now);
        const made = tool(`${grade} ${name}`, () => give(grade));
        made.append(make("span", { class: "quiet" }, " " + when(due, now)));
        return made;
      }));
    }
    function undo() {
      const last = walk.read().undo;
      if (!last) return;
      keeper.set("cards", last.stop.id, last.before ?? undefined);
      walk.back();
    }
    function bury() {
      const card = keeper.get("cards", id);
      if (card) keeper.set("cards", id, cards.bury(card, Date.now()));
      walk.pass(false, card ?? null);
    }
    /** @param {boolean} on */
    function reveal(on) {
      isShown = on;
      if (on) ask();
      else grades.remove();
      turn?.(on ? "back" : isStop() ? "front" : "off");
      if (on) lay(grades, bar);
    }
    function show() {
      if (!isStop()) {
        if (bar.isConnected) reveal(false);
        if (bar.isConnected && answer) answer.open = false;
        return bar.remove();
      }
      const { stops, passed, undo: last } = walk.read();
      const shown = tool(button, () => {
        reveal(true);
        shown.remove();
        grades.querySelector("button")?.focus();
      });
      bar.replaceChildren(make("span", {}, fill(text.card_place, { number: passed + 1, count: stops.length - 1 })), ...(asks ?? []), ...(answer ? [] : [shown]),
        tool(text.card_bury, bury), ...(last ? [tool(text.card_undo_last, undo)] : []), tool(text.card_end, walk.end));
      lay(bar);
      if (answer) answer.open = false;
      reveal(false);
      const focus = () => {
        (answer?.querySelector("summary") ?? shown).focus({ preventScroll: true });
        turn?.("front");
      };
      // While a page loads, its address takes the focus away from what it does not name.
      if (document.readyState === "complete") focus();
      else addEventListener("load", focus, { once: true, signal });
    }

    answer?.addEventListener("toggle", () => reveal(answer.open), { signal });
    place.addEventListener("keydown", (event) => {
      const grade = GRADES.find(([key]) => event.key === String(key))?.[0];
      const isElsewhere = event.target instanceof Element && event.target.matches("input, select, textarea");
      if (!grade || event.defaultPrevented || !(answer?.open ?? isShown) || isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      give(grade);
    }, { signal });
    addEventListener("hashchange", show, { signal });
    if (isStop()) show();
    else if (answer?.open) reveal(true);
  };
})(prepbook);
