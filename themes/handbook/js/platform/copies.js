/* Files on the reader's disk: copies of all that is kept, what is large (js/core/recordings.js) only if it is asked for, and other
   texts. It must not know what is kept. */
(function (prepbook) {
  "use strict";
  const { keeping } = prepbook.core;
  const { keeper } = prepbook.platform;
  const { book = "" } = document.documentElement.dataset;
  const large = (/** @type {Kept} */ kept) => Object.keys(kept).filter((name) => keeping.collections[name].of);

  /** Puts something else in the place of large records. @param {Kept} kept @param {(value: any) => unknown} turn */
  async function turnAll(kept, turn) {
    for (const { records } of large(kept).map((name) => kept[name])) for (const id of Object.keys(records)) records[id] = await turn(records[id]);
  }
  /** @param {Blob} blob */
  const toText = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = reject;
    reader.readAsDataURL(blob);
  });
  /** @param {string} text */
  function toBlob(text) {
    const [head, body] = text.split(",");
    return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type: head.slice(5, -7) }); // data: and ;base64
  }

  /** @type {Prepbook["platform"]["copies"]} */
  const copies = {
    download(text, type, name) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // Some browsers read it later than they say.
    },

    async save(isWhole) {
      const [now, kept] = [Date.now(), await keeper.all()];
      const left = isWhole ? [] : large(kept).flatMap((name) => Object.keys(kept[name].records));
      if (isWhole) await turnAll(kept, toText);
      else for (const name of large(kept)) delete kept[name];
      copies.download(keeping.write(kept, book, now), "application/json", `${book}-practice-${new Date(now).toISOString().slice(0, 10)}.json`);
      keeper.note({ saved: now });
      return left.length;
    },

    async read(file) {
      const found = keeping.read(await file.text(), book);
      try {
        if ("kept" in found) await turnAll(found.kept, toBlob);
      } catch {
        return { fault: "damaged", place: "base64" };
      }
      return found;
    },
  };
  prepbook.platform.copies = copies;
})(prepbook);
