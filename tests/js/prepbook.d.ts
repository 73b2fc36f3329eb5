/* The one global name of the theme's scripts, for the type checker alone: never shipped. Signatures stand here once; the
   scripts take them from here by context. */

interface ContentsEntry { title: string; url: string | null; part?: string | null; children?: ContentsEntry[]; file?: string | null }
interface ContentsRoot { chapters: ContentsEntry[] }
interface ContentsChapter { url: string; entries: ContentsEntry[] }

/** Improves an element. What listens beyond the element itself ends with the signal. */
type Connect = (element: HTMLElement, signal: AbortSignal) => void;

interface Shelf {
  /** The stored value, or the fallback when there is none or it is of another shape. */
  read<T>(key: string, fallback: T): T;
  write(key: string, value: unknown): void;
}

interface Prepbook {
  /** Called by the book's data files. */
  data(name: string, value: unknown): void;
  values: Map<string, unknown>;
  core: {
    tree: {
      /** One spelling for a URL that may be percent-encoded or not. */
      plain(url: string): string;
      /** The URLs from the top of the tree down to `url`, both included; empty when it is not there. */
      path(entries: ContentsEntry[], url: string): string[];
      /** The open branches after one was opened or closed, newest last. */
      toggled(opened: string[], url: string, open: boolean): string[];
    };
    reading: {
      /** Index of the section being read, -1 above the first; `tops` are distances from the window's top, in reading order. */
      current(tops: number[], line: number, atEnd: boolean): number;
    };
    code: {
      /** What the copy button takes from a block's text. */
      copyable(text: string, language: string): string;
      /** The language in a class attribute such as `language-python`. */
      language(classes: string): string;
    };
    tabs: {
      /** Index after a key, or null when the key is not ours. */
      move(key: string, index: number, count: number, rightToLeft: boolean): number | null;
    };
  };
  platform: {
    store: Shelf & { session: Shelf; watch(key: string, listener: () => void, signal: AbortSignal): void };
    loader: {
      /** The value that the file at `source` registers under `name`. */
      load(name: string, source: string): Promise<unknown>;
    };
    clipboard: { write(text: string): Promise<boolean> };
    announce: { say(text: string): void };
  };
  elements: {
    define(selector: string, connect: Connect): void;
    /** Improves what is in `root`; elements that are connected already stay as they are. */
    connect(root: ParentNode): void;
    /** For when `root` is about to be replaced. */
    disconnect(root: Node): void;
    make<K extends keyof HTMLElementTagNameMap>(
      name: K,
      attributes: Record<string, string | null>,
      ...children: (Node | string)[]
    ): HTMLElementTagNameMap[K];
    /** Puts a new `div` of that class in the element's place, and the element and `after` into it. */
    wrap(element: Element, name: string, ...after: Node[]): void;
  };
}

declare var prepbook: Prepbook;
