/* Slips at the foot of the window: that something cannot be kept, once for each reason while the page is open; and after a week
   of practice without a copy, the offer to save one. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { keeping } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { announce, copies, keeper } = prepbook.platform;
  const { define, make } = prepbook.elements;
  const REASONS = { full: text.unkept_full, blocked: text.unkept_blocked, later: text.unkept_later };
  /** Milliseconds after which a page has settled, and whoever goes on with an exercise has said so. */
  const REST = 2000;

  define("body", (body, signal) => {
    /** @type {Set<string>} */
    const told = new Set();

    /** @param {string} label @param {string} words @param {Record<string, () => void>} choices */
    function slip(label, words, choices) {
      const notice = make("aside", { class: "slip", "aria-label": label }, make("p", {}, words));
      for (const [name, act] of Object.entries(choices)) {
        const button = make("button", { type: "button" }, name);
        button.addEventListener("click", () => {
          notice.remove();
          act();
        });
        notice.append(button);
      }
      body.append(notice);
      announce.say(words);
    }

    document.addEventListener("prepbook:unkept", ({ detail }) => {
      if (told.has(detail)) return;
      told.add(detail);
      slip(text.unkept, REASONS[detail], { [text.close]: () => undefined });
    }, { signal });

    setTimeout(() => {
      if (signal.aborted || "practising" in document.documentElement.dataset || !keeping.isDue(keeper.diary(), Date.now())) return;
      keeper.note({ asked: Date.now() });
      const save = async () => {
        const left = await copies.save(false);
        if (left) slip(text.copy_due, fill(text.copy_without, { count: left }), { [text.close]: () => undefined });
      };
      slip(text.copy_due, text.copy_due, { [text.copy_save]: save, [text.copy_later_on]: () => undefined });
    }, REST);
  });
})(prepbook);
