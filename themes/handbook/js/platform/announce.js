/* Says a sentence to people who use a screen reader, through one live region. */
(function (prepbook) {
  "use strict";
  // The region must be there before the first sentence, or that one is not read.
  const region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);

  prepbook.platform.announce = {
    say(text) {
      region.textContent = "";
      // Within the same frame as the clearing, a sentence said twice would go unread.
      setTimeout(() => (region.textContent = text), 50);
    },
  };
})(prepbook);
