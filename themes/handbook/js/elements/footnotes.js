/* Opens a footnote where it is referred to, instead of leading away from the sentence: below the reference where the browser
   can place it there, at the foot of the window where not. The browser closes it on Escape or a press elsewhere and gives
   the focus back. It must not know how notes are numbered. */
(function (prepbook) {
  "use strict";
  const { connect, define, disconnect, make } = prepbook.elements;
  const { tree } = prepbook.core;
  const { text } = prepbook;

  define(".footnote-ref > a", (link, signal) => {
    const note = document.getElementById(tree.plain(/** @type {HTMLAnchorElement} */ (link).hash.slice(1)));
    if (!note || !note.showPopover) return;
    /** @type {HTMLElement | null} */
    let box = null;
    /** Whether the note was open when the pointer came down: by the time of the click the browser has closed it. */
    let pressed = false;

    function open() {
      const copy = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (note).cloneNode(true));
      for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id"); // The note itself keeps them.
      for (const inner of copy.querySelectorAll(".footnote-back, .copy")) inner.remove();
      const closer = make("button", { type: "button", class: "footnote-close", "aria-label": text.close }, "\u00d7");
      const name = prepbook.core.text.fill(text.footnote_number, { number: link.textContent });
      const made = make("div", { class: "footnote-box", popover: "auto", role: "dialog", tabindex: "-1", "aria-label": name }, ...copy.childNodes, closer);
      closer.addEventListener("click", () => made.hidePopover());
      made.addEventListener("toggle", (event) => {
        if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
        link.setAttribute("aria-expanded", "false");
        disconnect(made);
        made.remove();
        if (box === made) box = null;
      });
      // Behind its sentence, so that reading and the tab key go on from there.
      const block = link.closest("p, h2, h3, h4, h5, h6") || link.parentElement;
      block?.after(made);
      connect(made); // A note may have wide tables, and references of its own.
      box = made;
      link.setAttribute("aria-expanded", "true");
      made.showPopover();
      made.focus({ preventScroll: true });
    }
    const press = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (box) box.hidePopover();
      else if (!pressed) open();
      pressed = false;
    };

    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("pointerdown", () => (pressed = !!box), { signal });
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) press(event);
    }, { signal });
    link.addEventListener("keydown", (event) => event.key === " " && press(event), { signal });
  });
})(prepbook);
