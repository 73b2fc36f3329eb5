/* Answers of the reader's: what is known of each, and apart from it the sound, which is large. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  const times = (/** @type {unknown[]} */ ...values) => values.every((value) => is.time(value) && Number(value) >= 0);

  collections.recordings = {
    log: true,
    steps: [],
    check: (value) => is.object(value) && is.name(value.item) && times(value.at, value.seconds, value.size) && is.text(value.said)
      && Array.isArray(value.points) && value.points.every(is.text) && Array.isArray(value.parts)
      && value.parts.every((part) => is.object(part) && is.text(part.name) && times(part.from, part.seconds, part.planned, part.talk, part.pause)),
    merge: (ours) => ours,
  };
  collections.sounds = {
    log: true,
    of: "recordings",
    steps: [],
    check: (value) => value instanceof Blob || (is.text(value) && /^data:audio\/[\w.+-]+(;codecs=[\w.+-]+)?;base64,/.test(String(value))), // as in a copy
    merge: (ours) => ours,
  };
})(prepbook);
