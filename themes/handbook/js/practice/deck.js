/* The deck of a page: how many of its cards are due, how many are new today, and the walk through them. On the page of all practice
   there are decks to choose from, without what the reader has not met yet: terms before the glossary was opened, findings before
   the answer of their review was. */
(function (prepbook) {
  "use strict";
  const { cards, tree } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { keeper, store, walk } = prepbook.platform;
  const { define } = prepbook.elements;
  const { fromRoot } = prepbook.exercises;
  const { text } = prepbook;
  const { page = "" } = document.documentElement.dataset;
  const all = (/** @type {string} */ selector) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);

  /** What the index lists of a kind. @param {string} kind @returns {Stop[]} */
  function listed(kind) {
    const links = /** @type {HTMLAnchorElement[]} */ (all(`.index[data-kind="${kind}"] tr[data-id] a`));
    return links.map((link) => ({ id: link.closest("tr")?.dataset.id ?? "", href: fromRoot(link) }));
  }
  /** The terms of the page, which other pages have from here. @returns {Stop[]} */
  function terms() {
    const here = all(".glossary dt[id]").map(({ id }) => ({ id: "term." + id, href: `${page}#${id}` }));
    if (here.length) store.write("terms", here);
    return here;
  }

  define(".deck", (section, signal) => {
    const review = /** @type {HTMLButtonElement} */ (section.querySelector("button"));
    const [limit, date] = /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll("input:not([type=checkbox])"));
    const count = /** @type {HTMLElement} */ (section.querySelector(".deck-count"));
    const choices = /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll("[type=checkbox]")]);
    const here = terms();

    /** The cards that the page names or knows of, by the name of their deck. @returns {Record<string, Stop[]>} */
    const decks = () => ({
      question: listed("question"),
      principle: all("[data-card]").map(({ dataset }) => ({ id: "principle." + dataset.principle, href: dataset.card ?? "" })),
      finding: listed("review").flatMap(({ id, href }) => (keeper.get("findings", id) ?? []).map((finding) => ({ id: finding, href }))),
      term: choices.length ? store.read("terms", here) : here,
    });
    const deck = () => keeper.get("deck", "all") ?? cards.usual;
    function stops() {
      const out = choices.length ? deck().out : [];
      return cards.mix(Object.entries(decks()).flatMap(([name, some]) => (out.includes(name) ? [] : [some])));
    }
    function today() {
      const [known, ids] = [new Map(), stops().map(({ id }) => id)];
      for (const id of ids) {
        const card = keeper.get("cards", id);
        if (card) known.set(id, card);
      }
      return { ...cards.today(ids, known, deck(), Date.now()), all: ids.length };
    }
    function show() {
      const { due, fresh, all } = today();
      count.textContent = fill(text.deck_today, { due: due.length, fresh: fresh.length, all });
      review.disabled = !due.length && !fresh.length;
      [limit.value, date.value] = [String(deck().limit), deck().date];
      const some = choices.length ? decks() : {};
      for (const choice of choices) {
        choice.checked = !deck().out.includes(choice.name);
        choice.nextElementSibling?.replaceChildren(String(some[choice.name].length));
      }
    }
    const keep = () => keeper.set("deck", "all", {
      limit: Math.max(0, Math.round(Number(limit.value))),
      date: date.value,
      out: choices.length ? choices.flatMap(({ checked, name }) => (checked ? [] : [name])) : deck().out,
    });

    review.addEventListener("click", () => {
      const [{ due, fresh }, all] = [today(), stops()];
      walk.begin([...due, ...fresh].flatMap((id) => all.find((stop) => stop.id === id) ?? []), page + "#Cards");
    }, { signal });
    for (const field of [limit, date, ...choices]) field.addEventListener("change", keep, { signal });
    addEventListener("pageshow", ({ persisted }) => persisted && show(), { signal });
    for (const name of /** @type {const} */ (["cards", "deck", "findings"])) keeper.watch(name, show, signal);
    show();
  });

  // A newer edition may have taken away the card to which a walk leads here.
  define("body", (_, signal) => {
    function skip() {
      const [stop] = walk.read().stops;
      const isHere = stop && tree.plain(stop.href) === page + tree.plain(location.hash);
      if (isHere && !document.querySelector(".card-bar")) walk.pass(false, keeper.get("cards", stop.id) ?? null);
    }
    addEventListener("hashchange", skip, { signal });
    skip();
  });
})(prepbook);
