/* Connects behaviour to markup: which selector gets which function, once for each element. It must not know any behaviour. */
(function (prepbook) {
  "use strict";
  /** @type {{selector: string, connect: Connect, connected: Map<Node, AbortController>}[]} */
  const definitions = [];

  prepbook.elements = {
    define: (selector, connect) => void definitions.push({ selector, connect, connected: new Map() }),

    connect(root) {
      for (const { selector, connect, connected } of definitions) {
        for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))) {
          if (connected.has(element)) continue;
          const listening = new AbortController();
          connected.set(element, listening);
          connect(element, listening.signal);
        }
      }
    },

    disconnect(root) {
      for (const { connected } of definitions) {
        for (const [element, listening] of connected) {
          if (!root.contains(element)) continue;
          connected.delete(element);
          listening.abort();
        }
      }
    },

    make(name, attributes, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        if (value !== null) element.setAttribute(key, value);
      }
      element.append(...children);
      return element;
    },

    wrap(element, name, ...after) {
      const box = prepbook.elements.make("div", { class: name });
      element.before(box);
      box.append(element, ...after);
    },
  };
})(prepbook);
