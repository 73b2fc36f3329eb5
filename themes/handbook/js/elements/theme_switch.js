/* The choice of colours in the running head. The boot script applies it on the pages to come; this one applies it now, in
   every open tab. */
(function (prepbook) {
  "use strict";
  const { define, make } = prepbook.elements;
  const { store } = prepbook.platform;
  const { text } = prepbook;
  const THEMES = { system: text.theme_system, light: text.theme_light, dark: text.theme_dark, contrast: text.theme_contrast };
  const root = document.documentElement;

  define(".tools", (tools, signal) => {
    const options = Object.entries(THEMES).map(([value, name]) => make("option", { value }, name));
    const select = make("select", {}, ...options);
    const apply = () => {
      if (select.value === "system") delete root.dataset.theme;
      else root.dataset.theme = select.value;
    };
    select.value = store.read("theme", root.dataset.theme || "system");
    select.addEventListener("change", () => {
      store.write("theme", select.value);
      apply();
    });
    store.watch("theme", () => {
      select.value = store.read("theme", "system");
      apply();
    }, signal);
    tools.append(make("label", { class: "theme-switch" }, make("span", {}, text.theme), select));
  });
})(prepbook);
