/* Puts values into texts of the interface: what the filter `fill` is in templates. It must not know which texts there are. */
(function (prepbook) {
  "use strict";
  prepbook.core.text = {
    /** A text with forms is chosen by the value called `count`, as its language counts; nothing may have a form of its own in any. */
    fill(text, values) {
      const form = typeof text === "string" ? text
        : (values.count === 0 && text.zero) || (text[new Intl.PluralRules(text.language).select(Number(values.count))] ?? text.other);
      return form.replace(/\{([a-z_]+)\}/g, (whole, name) => String(values[name] ?? whole));
    },
  };
})(prepbook);
