/* Loads the book's data files by adding a script element, since fetch is refused on file://. It must not know what is in
   them. */
(function (prepbook) {
  "use strict";
  const { values } = prepbook;
  /** @type {Map<string, Promise<unknown>>} */
  const loading = new Map();

  prepbook.platform.loader = {
    load(name, source) {
      const promise = loading.get(name) || new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = script.onerror = () => {
          if (values.has(name)) return resolve(values.get(name));
          loading.delete(name); // So that a later try asks again.
          reject(new Error(source + " did not give " + name));
        };
        document.head.append(script);
      });
      loading.set(name, promise);
      return promise;
    },
  };
})(prepbook);
