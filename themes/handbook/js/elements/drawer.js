/* On narrow screens the sidebar opens in a modal dialog: the browser keeps the focus inside, closes it on Escape and gives
   the focus back. Without scripts the same link jumps to the chapters. */
(function (prepbook) {
  "use strict";
  const { text } = prepbook;
  const { define, make } = prepbook.elements;

  define("a.menu", (link, signal) => {
    const sidebar = document.getElementById("Sidebar");
    if (!sidebar) return;
    const wide = matchMedia("(min-width: 60rem)");
    const place = document.createComment("");
    const button = make("button", { type: "button", class: "menu", "aria-haspopup": "dialog" }, text.menu);
    const closer = make("button", { type: "button", class: "drawer-close" }, text.close);
    const dialog = make("dialog", { class: "drawer", "aria-label": text.menu }, closer);
    const close = () => dialog.close();

    button.addEventListener("click", () => {
      sidebar.before(place);
      dialog.append(sidebar);
      dialog.showModal();
      sidebar.dispatchEvent(new Event("prepbook:show"));
    });
    closer.addEventListener("click", close);
    dialog.addEventListener("close", () => place.replaceWith(sidebar));
    dialog.addEventListener("click", ({ target }) => {
      // A click on the dialog itself is one beside its content; a link may lead to a place on this very page.
      if (target === dialog || (target instanceof Element && target.closest("a"))) close();
    });
    wide.addEventListener("change", close, { signal });
    link.replaceWith(button);
    document.body.append(dialog);
  });
})(prepbook);
