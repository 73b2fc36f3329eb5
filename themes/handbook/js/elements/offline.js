/* Once the page is there and the browser idle, loads what reading without a network takes. Never from a disk, where there are
   no service workers, and not under `prepbook serve`, whose pages name none. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;

  define("script[data-offline]", ({ dataset }, signal) => {
    if (!navigator.serviceWorker || !location.protocol.startsWith("http")) return;
    const load = () => (window.requestIdleCallback || setTimeout)(() => {
      if (!signal.aborted) document.head.append(make("script", { src: dataset.offline || "" }));
    });
    if (document.readyState === "complete") load();
    else addEventListener("load", load, { once: true, signal });
  });
})(prepbook);
