/* Where the reader stands, at the top of the page of all practice: what to do next and why, the criteria by which the book calls
   somebody ready, what is weak, what is covered, and how much was practised. */
(function (prepbook) {
  "use strict";
  const { clock, standing } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { agenda, keeper } = prepbook.platform;
  const { define, make } = prepbook.elements;
  const { text } = prepbook;
  const words = /** @type {Record<string, string>} */ (/** @type {unknown} */ (text));
  const { root = "" } = document.documentElement.dataset;
  /** Areas to name, and reviews to draw. */
  const [AREAS, REVIEWS] = [3, 12];
  const [WIDTH, HEIGHT] = [120, 24];
  const SVG = "http://www.w3.org/2000/svg";

  const percent = (/** @type {number} */ score) => Math.round(score * 100);
  const topicName = (/** @type {string} */ topic) => topic.replaceAll("-", " ");

  /** A line over time; what it shows stands beside it in words. @param {number[]} values @param {string} said */
  function line(values, said) {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries({ class: "spark", viewBox: `-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`, role: "img", "aria-label": said })) svg.setAttribute(name, value);
    path.setAttribute("d", standing.path(values, WIDTH, HEIGHT));
    svg.append(path);
    return svg;
  }

  /** All that the tables below list. @returns {Piece[]} */
  function pieces() {
    return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".index[data-kind] tr[data-id]")]).map((row) => {
      const { id = "", topic = "", drill = "", principles = "", chapter = "", minutes = "" } = row.dataset;
      const link = row.querySelector("a");
      return {
        id, topic, drill, chapter, kind: row.closest("table")?.dataset.kind ?? "", principles: principles.split(" ").filter(Boolean),
        minutes: parseInt(minutes, 10) || 0, title: row.querySelector("td")?.textContent ?? "", href: link?.getAttribute("href") ?? "",
      };
    });
  }

  define(".standing", (section, signal) => {
    const body = make("div", {});
    section.append(body);
    const all = pieces().filter(({ kind }) => !["checklist", "plan"].includes(kind));
    const principles = new Map(/** @type {HTMLElement[]} */ ([...document.querySelectorAll("tr[data-principle]")]).map((row) => [row.dataset.principle ?? "", row.querySelector("th")?.textContent ?? ""]));
    const chapters = new Map(/** @type {HTMLElement[]} */ ([...section.querySelectorAll(".practice-chapters li")]).map((item, index) => [String(index + 1), item.textContent ?? ""]));
    let turn = 0;

    /** @param {string} title @param {(Node | string)[]} parts */
    const part = (title, ...parts) => make("div", { class: "standing-part" }, make("p", { class: "part-label" }, title), ...parts);

    /** @param {Criterion} criterion */
    function criterion({ name, state, last, count, of }) {
      const time = last && clock.show(last.seconds * 1000);
      const score = last?.score?.of ? fill("tops" in last.score ? text.ready_ranked : text.flaw_of, { ...last.score }) : name === "model" ? text.ready_uncompared : "";
      const said = count !== undefined ? fill(text.ready_count, { count, of: of ?? 0 }) : time ? fill(text.ready_last, { time: [time, score].filter(Boolean).join(", ") }) : "";
      return make("li", { class: "is-" + state }, make("span", { class: "ready-state" }, words["ready_" + state]), " ", words["ready_" + name], " ", make("span", { class: "quiet" }, said));
    }
    /** @param {{name: string, done: number, of: number}[]} groups @param {(name: string) => string} named */
    const covered = (groups, named) => make("ul", { class: "covered" }, ...groups.map(({ name, done, of }) => make("li", {}, make("span", {}, named(name)), " ",
      make("meter", { min: "0", max: String(of), value: String(done), "aria-hidden": "true" }), " ", make("span", { class: "quiet" }, fill(text.ticked, { done, count: of })))));

    async function show() {
      const mine = (turn += 1);
      const [attempts, reports] = (await Promise.all([keeper.log("attempts"), keeper.log("reports")])).map((log) => Object.values(log));
      if (mine !== turn || signal.aborted) return; // Something has changed meanwhile.
      const cards = new Map(keeper.ids("cards").map((id) => [id, /** @type {Card} */ (keeper.get("cards", id))]));
      const stories = keeper.ids("stories").map((id) => ({ id: "story." + id, principles: keeper.get("stories", id)?.principles ?? [] }));
      const kept = { attempts: /** @type {Attempt[]} */ (attempts), reports: /** @type {ScreenReport[]} */ (reports), cards, stories };
      const done = standing.done(all, kept);
      const areas = standing.areas(all, kept);
      const running = keeper.ids("clocks").find((id) => keeper.get("clocks", id)?.since);
      const [followed] = agenda.plans();
      const next = standing.next({
        running, areas, done, pieces: all,
        plan: followed && agenda.standing(...followed).next,
        due: [...cards.values()].filter(({ due, rests }) => due < Date.now() && rests <= Date.now()).length,
      });
      const minutes = standing.days(kept.attempts, Date.now());
      const reviews = standing.scores(kept.attempts, new Set(all.filter(({ kind }) => kind === "review").map(({ id }) => id))).slice(-REVIEWS);
      const total = minutes.reduce((sum, day) => sum + day, 0);
      const practised = fill(text.standing_minutes, { minutes: total, days: minutes.filter(Boolean).length, span: minutes.length });
      const found = fill(text.standing_reviews, { scores: reviews.map((score) => percent(score) + " %").join(", ") });
      const criteria = standing.readiness(all, kept, [...principles.keys()]);
      body.replaceChildren(
        part(text.standing_next, next.length ? make("ol", {}, ...next.map(({ why, title, href, count, topic }) => make("li", {},
          make("a", { href: why === "plan" ? root + href : href }, why === "due" ? fill(text.next_cards, { count: count ?? 0 }) : title), " ",
          make("span", { class: "quiet" }, fill(words["next_" + why], { topic: topicName(topic ?? "") }))))) : make("p", {}, text.standing_all)),
        ...(criteria.length ? [part(text.standing_ready, make("ul", { class: "ready" }, ...criteria.map(criterion)))] : []),
        ...(areas.length ? [part(text.standing_weak, make("ul", {}, ...areas.slice(0, AREAS).map(({ topic, score, count }) => make("li", {}, fill(text.standing_area, { topic: topicName(topic), score: percent(score), count })))))] : []),
        ...(total ? [part(text.standing_practised, make("p", {}, line(minutes, practised), " ", practised))] : []),
        ...(reviews.length > 1 ? [part(text.standing_found, make("p", {}, line(reviews, found), " ", found))] : []),
        make("details", { class: "details" }, make("summary", {}, text.standing_covered),
          covered(standing.coverage(all, done, ({ chapter }) => (chapters.has(chapter) ? [chapter] : [])), (name) => chapters.get(name) ?? name),
          covered(standing.coverage(all, done, (piece) => piece.principles.filter((id) => principles.has(id))), (name) => principles.get(name) ?? name)));
    }
    for (const name of /** @type {const} */ (["attempts", "reports", "cards", "clocks", "plans", "ticks", "stories"])) keeper.watch(name, show, signal);
    // A page that comes back is as it was left.
    addEventListener("pageshow", ({ persisted }) => persisted && show(), { signal });
    show();
  });
})(prepbook);
