/* Decides which section is being read from where the headings stand. It must not know how places are measured. */
(function (prepbook) {
  "use strict";
  prepbook.core.reading = {
    /** The last heading that has passed the line; at the page's end the very last, since a short section never gets there. */
    current(tops, line, atEnd) {
      if (atEnd) return tops.length - 1;
      let index = -1;
      while (index + 1 < tops.length && tops[index + 1] <= line) index += 1;
      return index;
    },
  };
})(prepbook);
