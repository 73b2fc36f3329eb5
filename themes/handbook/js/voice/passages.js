/* What there is to hear on a page or in an exercise, sentence by sentence and each with its place: what stands folded stays
   unsaid, and of code and pictures it is said what they are. It must not know voices. */
(function (prepbook) {
  "use strict";
  const { code, speech } = prepbook.core;
  const { fill } = prepbook.core.text;
  const { text } = prepbook;
  const language = document.documentElement.lang;
  const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, caption, dt, dd, figcaption, summary, blockquote, label, legend, pre, div, section, main";
  /** What is for the eye or the hand, and what is folded: an answer with its name, which would be said again and again. */
  const UNSAID = 'button, input, select, textarea, script, style, nav, meter, template, [aria-hidden="true"], .visually-hidden, .permalink, .footnote-ref, .footnotes, '
    + ".facts:not(.practice-finding > *), .tags, .claim-mark, .practice-refs, .with-scripts, .bubble, .card-bar, .grades, .recorder, .answer:not([open]), details:not([open]) > :not(summary)";

  /** @param {HTMLElement} pre */
  function codeIn(pre) {
    const name = code.language(pre.querySelector("code")?.className ?? "");
    const count = pre.querySelectorAll(".line").length || (pre.textContent ?? "").trimEnd().split("\n").length;
    return name ? fill(text.aloud_code_in, { language: name, count }) : fill(text.aloud_code, { count });
  }
  /** What is said of an element in place of what is in it; undefined: what is in it. @param {Element} element */
  function instead(element) {
    if (element.matches("pre")) return codeIn(/** @type {HTMLElement} */ (element));
    if (element.matches("img")) return element.getAttribute("alt") ?? "";
    if (element.matches("svg")) return element.querySelector(":scope > title")?.textContent ?? "";
    return undefined;
  }

  /** A range from one place in texts that follow one another to another. @param {{node: Text, start: number}[]} parts @param {SpokenPiece} piece */
  function range(parts, { start, end }) {
    const found = document.createRange();
    const holds = (/** @type {number} */ place) => parts.filter((part) => part.start <= place).at(-1) ?? parts[0];
    const [first, last] = [holds(start), holds(end - 1)];
    found.setStart(first.node, Math.min(start - first.start, first.node.length));
    found.setEnd(last.node, Math.min(end - last.start, last.node.length));
    return found;
  }

  /** @param {HTMLElement} root @returns {Sentence[]} */
  function within(root) {
    /** @type {Sentence[]} */
    const sentences = [];
    /** @type {{block: Element, parts: {node: Text, start: number}[], text: string} | undefined} */
    let open;

    function close() {
      if (!open) return;
      const { block, parts, text: all } = open;
      open = undefined;
      for (const piece of speech.pieces(all, language)) {
        sentences.push({ text: speech.plain(all.slice(piece.start, piece.end)), block, range: () => range(parts, piece) });
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
      const isSeen = node.checkVisibility?.() ?? true;
      return node.matches(UNSAID) || !isSeen ? NodeFilter.FILTER_REJECT : instead(node) === undefined ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT;
    });
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Element) {
        close();
        const said = speech.plain(instead(node) ?? "");
        const inside = () => {
          const found = document.createRange();
          found.selectNode(node);
          return found;
        };
        if (said) sentences.push({ text: said, block: node, range: inside });
      } else if (node instanceof Text && node.parentElement && !node.parentElement.closest("pre, svg")) {
        const block = node.parentElement.closest(BLOCKS) ?? root;
        if (open?.block !== block) close();
        open ??= { block, parts: [], text: "" };
        open.parts.push({ node, start: open.text.length });
        open.text += node.data;
      }
    }
    close();
    return sentences;
  }

  prepbook.voice = /** @type {any} */ ({ passages: (/** @type {HTMLElement[]} */ roots) => roots.flatMap(within) });
})(prepbook);
