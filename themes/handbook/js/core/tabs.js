/* Where a key leads in a row of tabs. It must not know the document. */
(function (prepbook) {
  "use strict";
  prepbook.core.tabs = {
    /** Arrows follow the direction of writing. */
    move(key, index, count, rightToLeft) {
      const [back, forward] = rightToLeft ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
      if (key === forward) return (index + 1) % count;
      if (key === back) return (index + count - 1) % count;
      if (key === "Home") return 0;
      return key === "End" ? count - 1 : null;
    },
  };
})(prepbook);
