/* Connects behaviour to markup: which selector gets which function, once for each element. It must not know any behaviour. */
(function (prepbook) {
  "use strict";
  /** @type {{selector: string, connect: Connect, connected: Map<Node, AbortController>}[]} */
  const definitions = [];

  /** Milliseconds: a sixth of a long task (W3C). */
  const SLICE = 8;

  // Timers wait where a tab is not seen.
  const turn = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });

  /** @type {(definition: typeof definitions[0], element: Element) => void} */
  function improve({ connect, connected }, element) {
    if (connected.has(element)) return;
    const listening = new AbortController();
    connected.set(element, listening);
    connect(/** @type {HTMLElement} */ (element), listening.signal);
  }

  prepbook.elements = {
    define: (selector, connect) => void definitions.push({ selector, connect, connected: new Map() }),

    connect(root) {
      for (const definition of definitions) {
        for (const element of root.querySelectorAll(definition.selector)) improve(definition, element);
      }
    },

    async start(root) {
      let end = 0; // Reading the scripts was a slice.
      for (const definition of definitions) {
        for (const element of root.querySelectorAll(definition.selector)) {
          // Half a frame would be seen.
          if (performance.now() > end && (!end || element.closest("main"))) {
            await turn();
            end = performance.now() + SLICE;
          }
          if (root.contains(element)) improve(definition, element);
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
