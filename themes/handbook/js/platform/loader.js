/* Loads the book's data files by script elements, since fetch is refused on file://. It must not know what is in them. */
(function (prepbook) {
  "use strict";
  const { values } = prepbook;
  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  prepbook.platform.loader = {
    load(name, source) {
      const promise = loading.get(source) || new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = script.onerror = () => {
          if (values.has(name)) return resolve(values.get(name));
          loading.delete(source); // A later try asks again.
          reject(new Error(source + " did not give " + name));
        };
        values.delete(name); // An older file's.
        document.head.append(script);
      });
      loading.set(source, promise);
      return promise;
    },
  };
})(prepbook);
