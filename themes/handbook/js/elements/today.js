/* Who follows a plan finds it on every page: what practice is made of is loaded once the page is there. */
(function (prepbook) {
  "use strict";
  const { dataset } = document.documentElement;
  const { define, make } = prepbook.elements;

  define("script[data-practice]", ({ dataset: { practice = "", practiceStyle = "" } }, signal) => {
    const load = () => document.head.append(make("link", { rel: "stylesheet", href: practiceStyle }), make("script", { src: practice }));
    if (!("today" in dataset)) return;
    if (document.readyState === "complete") load();
    else addEventListener("load", load, { once: true, signal });
  });
})(prepbook);
