/* Puts values into texts of the interface: what the filter `fill` is in templates. It must not know which texts there are. */
(function (prepbook) {
  "use strict";
  prepbook.core.text = {
    /** A text with forms is chosen by the value called `count`, as its language counts. */
    fill(text, values) {
      const form = typeof text === "string" ? text
        : text[new Intl.PluralRules(text.language).select(Number(values.count))] ?? text.other;
      return form.replace(/\{([a-z_]+)\}/g, (whole, name) => String(values[name] ?? whole));
    },
  };
})(prepbook);
