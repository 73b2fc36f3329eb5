/* A threat model as it is made against the clock: places with the boundaries they are in, threats by place and letter of STRIDE;
   and what of a model answer its reader had. It must not know the page. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  const { likeness } = prepbook.core.ticks;
  const LETTERS = [..."STRIDE"];
  const KINDS = ["external", "process", "store"];
  /** Between the stops of a flow, as it may be typed. */
  const ARROW = /\s*([→↔]|<?[-=–—]*>)\s*/;
  /** Threats at the head of a model that are counted by themselves. */
  const TOP = 5;
  /** Words that share more than this are forms of one; with a part of its words in common, and as much in all, a threat is guessed
   *  to be another. Neither its letter and place alone make it that, nor one word of three. */
  const [LIKE, SOME, ENOUGH] = [0.65, 0.35, 0.7];

  const plain = (/** @type {string} */ text) => text.trim().replace(/\s+/g, " ");
  const small = (/** @type {string} */ text) => text.toLowerCase();
  const words = (/** @type {string} */ text) => small(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const stops = (/** @type {string} */ flow) => flow.split(/( [→↔] )/);

  /** Of one text's words, the part that the other has in any form. @param {string} one @param {string} other */
  function share(one, other) {
    const [left, right] = [words(one), words(other)];
    // Forms of a word begin alike.
    return left.filter((word) => right.some((far) => far[0] === word[0] && likeness(word, far) >= LIKE)).length / (left.length || 1);
  }

  /** The element that a stop means: whose name has it, as early as can be. @param {SheetPlace[]} places @param {string} stop */
  function named(places, stop) {
    const at = (/** @type {SheetPlace} */ { name }) => small(name).indexOf(small(stop));
    const [first] = places.filter((place) => place.kind !== "flow" && at(place) >= 0)
      .sort((one, other) => at(one) - at(other) || one.name.length - other.name.length);
    return first?.name ?? stop;
  }

  /** @type {Prepbook["core"]["sheet"]} */
  const sheet = {
    letters: LETTERS,
    kinds: KINDS,
    blank: () => ({ places: [], threats: [], had: [], ended: 0 }),

    put(made, id, line, kind, inside) {
      const before = made.places.find((place) => place.id === id);
      const others = made.places.filter((place) => place !== before);
      const boundary = others.find((place) => small(place.in) === small(plain(inside)))?.in ?? plain(inside);
      const parts = plain(line).split(ARROW);
      const isFlow = parts.length > 1 && parts.every(Boolean);
      const name = isFlow ? parts.map((part, index) => (index % 2 ? (/[<↔]/.test(part) ? " ↔ " : " → ") : named(others, part))).join("") : plain(line);
      if (!name) return made;
      const said = {
        id: before?.id ?? 1 + Math.max(0, ...made.places.map((place) => place.id)),
        name,
        kind: isFlow ? "flow" : kind,
        in: isFlow ? "" : boundary,
      };
      /** Flows name their ends. @param {SheetPlace} place */
      const renamed = (place) => (place.kind === "flow" ? { ...place, name: stops(place.name).map((stop) => (stop === before?.name ? name : stop)).join("") } : place);
      return { ...made, places: before ? made.places.map((place) => (place === before ? said : renamed(place))) : [...made.places, said] };
    },

    remove: (made, id) => ({
      ...made,
      places: made.places.filter((place) => place.id !== id),
      threats: made.threats.filter(({ on }) => on !== id),
    }),

    crossed({ places }, { name }) {
      const inside = stops(name).filter((_, index) => index % 2 === 0).map((stop) => places.find((place) => place.name === stop)?.in ?? "");
      return [...new Set(inside.flatMap((boundary, at) => (at && boundary !== inside[at - 1] ? [inside[at - 1], boundary] : [])))].filter(Boolean);
    },

    add(made, on, letter, text) {
      const isThere = made.places.some(({ id }) => id === on);
      return plain(text) && isThere ? { ...made, threats: [...made.threats, { on, letter, text: plain(text), as: "" }] } : made;
    },

    guess(made, model) {
      const near = new Map(made.places.map(({ id, name }) => [id, new Map(model.places.map((place) => [place.id, share(name, place.name)]))]));
      const threats = made.threats.map((own) => {
        const [best] = model.threats.filter(({ letters }) => letters.includes(own.letter)).map(({ id, on, text }) => {
          const said = share(own.text, text);
          return { id, like: said < SOME ? 0 : said + Math.max(...on.map((place) => near.get(own.on)?.get(place) ?? 0)) / 2 };
        }).sort((one, other) => other.like - one.like);
        return { ...own, as: best?.like >= ENOUGH ? best.id : "" };
      });
      return { ...made, threats, had: [...new Set(threats.map(({ as }) => as))].filter(Boolean) };
    },

    tick: (made, id, on) => ({
      ...made,
      threats: made.threats.map((own) => (!on && own.as === id ? { ...own, as: "" } : own)),
      had: [...made.had.filter((had) => had !== id), ...(on ? [id] : [])],
    }),

    name(made, index, id) {
      const before = made.threats[index].as;
      const threats = made.threats.map((own, at) => (at === index ? { ...own, as: id } : own));
      // A tick that came with it alone goes with it.
      const had = made.had.filter((one) => one !== id && (one !== before || threats.some(({ as }) => as === one)));
      return { ...made, threats, had: id ? [...had, id] : had };
    },

    judge({ had, threats }, model) {
      const at = new Map(model.places.map((place) => [place.id, place.at]));
      const bounds = (/** @type {ModelThreat} */ { on }) => on.flatMap((id) => at.get(id) ?? []);
      /** @param {string} name @param {(threat: ModelThreat, index: number) => unknown} fits */
      function count(name, fits) {
        const some = model.threats.filter(fits);
        return { name, found: some.filter(({ id }) => had.includes(id)).length, of: some.length };
      }
      const [all, top] = [count("", () => true), count("", (_, index) => index < TOP)];
      return {
        letters: LETTERS.map((letter) => count(letter, ({ letters }) => letters.includes(letter))).filter(({ of }) => of),
        boundaries: [
          ...model.boundaries.map(({ id, name }) => count(name, (threat) => bounds(threat).includes(id))),
          count("", (threat) => !bounds(threat).length),
        ].filter(({ of }) => of),
        score: { found: all.found, of: all.of, top: top.found, tops: top.of, beyond: threats.filter(({ as }) => !model.threats.some(({ id }) => id === as)).length },
      };
    },

    isScore: (value) => is.object(value) && [value.found, value.of, value.top, value.tops, value.beyond].every(is.count),
    isSheet: (/** @type {any} */ { places, threats, had, ended }) => is.time(ended) && had.every(is.text)
      && places.every((/** @type {any} */ place) => is.count(place.id) && [place.name, place.in].every(is.text) && [...KINDS, "flow"].includes(place.kind))
      && threats.every((/** @type {any} */ own) => is.count(own.on) && [own.text, own.as].every(is.text) && LETTERS.includes(own.letter)),
  };
  prepbook.core.sheet = sheet;

  collections.sheets = {
    steps: [],
    check: sheet.isSheet,
    merge: (ours) => ours,
  };
})(prepbook);
