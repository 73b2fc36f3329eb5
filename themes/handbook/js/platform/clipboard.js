/* Puts text on the clipboard, also where the newer interface is refused (plain http, some pages opened from disk). */
(function (prepbook) {
  "use strict";
  prepbook.platform.clipboard = {
    async write(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        const focused = /** @type {HTMLElement} */ (document.activeElement);
        const area = document.createElement("textarea");
        area.className = "visually-hidden";
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        focused.focus();
        return done;
      }
    },
  };
})(prepbook);
