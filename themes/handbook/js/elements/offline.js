/* Once the page has been there for a while and the browser is idle, loads what reading without a network takes: a first view
   pays nothing for it. Never from a disk, where there are no service workers, and not under `prepbook serve`, whose pages name
   none. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  /** Milliseconds after the page is there. */
  const REST = 2000;

  define("script[data-offline]", ({ dataset }, signal) => {
    if (!navigator.serviceWorker || !location.protocol.startsWith("http")) return;
    const load = () => setTimeout(window.requestIdleCallback || setTimeout, REST, () => {
      if (!signal.aborted) document.head.append(make("script", { src: dataset.offline || "" }));
    });
    if (document.readyState === "complete") load();
    else addEventListener("load", load, { once: true, signal });
  });
})(prepbook);
