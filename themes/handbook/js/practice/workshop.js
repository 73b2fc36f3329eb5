/* The reader's own stories, on their page: a copy of the page's template for each (js/practice/own_story.js), in the reader's order;
   one that is deleted can be had back until the page is closed. */
(function (prepbook) {
  "use strict";
  const { stories, tree } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { announce, keeper } = prepbook.platform;
  const { connect, disconnect, make } = prepbook.elements;
  const { define, tool } = prepbook.exercises;
  const { text } = prepbook;

  /** @type {Prepbook["exercises"]["stories"]} */
  const own = {
    all: () => stories.sort(keeper.ids("stories").flatMap((id) => {
      const story = keeper.get("stories", id);
      return story ? [/** @type {[string, OwnStory]} */ ([id, story])] : [];
    })),
    title: ({ title }) => title.trim() || text.own_untitled,
    place: (id) => /** @type {HTMLDetailsElement | null} */ (document.getElementById("story." + id)),
    rules() {
      const { rate, tolerance = "25" } = /** @type {HTMLElement} */ (document.querySelector(".workshop")).dataset;
      const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".workshop tr[data-part]")]);
      const parts = rows.map(({ dataset }) => ({ name: /** @type {StoryPart} */ (dataset.part), seconds: Number(dataset.seconds) }));
      return { rate: Number(rate), tolerance: Number(tolerance), parts, persons: { i: text.own_i, we: text.own_we } };
    },
    add(principles) {
      const now = Date.now();
      const id = "s" + now.toString(36) + Math.random().toString(36).slice(2, 6);
      keeper.set("stories", id, stories.blank((own.all().at(-1)?.[1].place ?? 0) + 1, now, principles)); // Which shows it.
      const place = own.place(id);
      if (place) place.open = true;
      /** @type {HTMLElement | null | undefined} */ (place?.querySelector(".own-name input"))?.focus();
    },
  };
  prepbook.exercises.stories = own;

  define(".workshop > .own", (section, signal) => {
    const [list, said] = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".own-stories, .own-said"));
    const template = /** @type {HTMLTemplateElement} */ (section.querySelector("template"));

    /** @param {string} id */
    function made(id) {
      const place = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
      place.id = place.dataset.id = "story." + id;
      return place;
    }
    function show() {
      const all = own.all();
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      for (const place of /** @type {HTMLElement[]} */ ([...list.children])) {
        if (all.some(([id]) => place.id === "story." + id)) continue;
        place.remove();
        disconnect(place);
      }
      all.forEach(([id, story], index) => {
        const place = own.place(id) ?? made(id);
        if (list.children[index] !== place) list.insertBefore(place, list.children[index] ?? null);
        /** @type {HTMLElement} */ (place.querySelector(".own-title")).textContent = `${index + 1}. ${own.title(story)}`;
        for (const [act, isOff] of Object.entries({ up: !index, down: index === all.length - 1 })) {
          /** @type {HTMLButtonElement} */ (place.querySelector(`[data-act="${act}"]`)).disabled = isOff;
        }
      });
      connect(section);
      // Whatever was moved has lost the focus.
      if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
      for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (section.querySelectorAll(':scope > p > :is([data-act="print"], [data-act="save"])'))) button.disabled = !all.length;
    }

    /** @param {string} id @param {number} by @param {HTMLElement} button */
    function move(id, by, button) {
      const all = own.all();
      const from = all.findIndex(([each]) => each === id);
      all.splice(from + by, 0, ...all.splice(from, 1));
      all.forEach(([each, story], place) => story.place === place || keeper.set("stories", each, { ...story, place }));
      announce.say(fill(text.own_moved, { number: from + by + 1, count: all.length }));
      // The first one goes no further up, nor the last one down.
      (/** @type {HTMLButtonElement} */ (button).disabled ? /** @type {HTMLElement} */ (button.parentElement?.querySelector("button:enabled")) : button).focus();
    }
    /** Answers of a story go with it. Gives what brings them back. @param {string} item */
    async function removeAnswers(item) {
      const [records, sounds] = await Promise.all([keeper.log("recordings"), keeper.log("sounds")]);
      const all = await Promise.all(Object.entries(records).filter(([, record]) => record.item === item).map(async ([name, record]) => {
        const sound = sounds[name];
        // The file of what is deleted is gone.
        return { name, record, sound: sound && new Blob([await sound.arrayBuffer()], { type: sound.type }) };
      }));
      for (const { name } of all) await keeper.remove("recordings", name);
      return async () => {
        for (const { name, record, sound } of all) if (!sound || (await keeper.add("sounds", name, sound))) await keeper.add("recordings", name, record);
      };
    }
    /** @param {string} id */
    function remove(id) {
      const story = /** @type {OwnStory} */ (keeper.get("stories", id));
      const line = make("p", { class: "tools-row", tabindex: "-1" }, fill(text.own_deleted, { title: own.title(story) }), tool(text.kept_undo, async () => {
        keeper.set("stories", id, story);
        line.remove();
        const place = own.place(id);
        if (place) place.open = true;
        place?.querySelector("summary")?.focus();
        (await answers)();
      }));
      keeper.set("clocks", "story." + id, undefined);
      keeper.set("stories", id, undefined);
      const answers = removeAnswers("story." + id);
      said.append(line);
      line.focus();
    }
    /** Opens the story that the address names. */
    function open() {
      const place = document.getElementById(tree.plain(location.hash).slice(1));
      if (!place?.matches(".own-story")) return;
      /** @type {HTMLDetailsElement} */ (place).open = true;
      place.scrollIntoView();
    }

    section.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest("[data-act]"));
      const id = button?.closest(".own-story")?.id.slice("story.".length) ?? "";
      if (button?.dataset.act === "add") own.add([]);
      else if (button?.dataset.act === "delete") remove(id);
      else if (button?.dataset.act === "up" || button?.dataset.act === "down") move(id, button.dataset.act === "up" ? -1 : 1, button);
    }, { signal });
    addEventListener("hashchange", open, { signal });
    keeper.watch("stories", show, signal);
    show();
    open();
  });
})(prepbook);
