/* The one global name of the theme's scripts, for the type checker alone: never shipped. Signatures stand here once; the
   scripts take them from here by context. */

interface ContentsEntry { title: string; url: string | null; part?: string | null; children?: ContentsEntry[]; file?: string | null }
interface ContentsRoot { chapters: ContentsEntry[] }
interface ContentsChapter { url: string; entries: ContentsEntry[] }

interface DocumentEventMap {
  /** The book's tree of contents is another one, with this hash: from `prepbook serve` alone. */
  "prepbook:contents": CustomEvent<string>;
}

/** What the service worker says is kept; sizes in bytes. */
type OfflineState = { size: number } & (
  | { kind: "visited" | "whole" | "stopped" | "full" }
  | { kind: "keeping"; kept: number; files: number }
);

/** Improves an element. What listens beyond the element itself ends with the signal. */
type Connect = (element: HTMLElement, signal: AbortSignal) => void;

interface Shelf {
  /** The stored value, or the fallback when there is none or it is of another shape. */
  read<T>(key: string, fallback: T): T;
  write(key: string, value: unknown): void;
}

/* The search bundle (js/search), loaded once it is needed. */

/** Files of the index, as docs/search.md has them. */
interface SearchRoot {
  version: number;
  pages: string;
  kinds: string;
  terms: string[];
  termFiles: string[];
  endings: string[];
  endingFiles: string[];
  common: string[];
  synonyms: string[][];
}
interface SearchDocument { id: string; title: string; text: string; answer?: boolean }

/** One document that has a word: where (0 only in an answer, 1 only in the title of its page, 2 body, 3 heading, 4 page title),
 *  and at which positions, from field 2 on. */
interface SearchPosting { doc: number; field: number; impact: number; at: number[] }
/** A word of the index; `family`: all words of its stem, itself among them. */
interface SearchTerm { word: string; family: SearchTerm[]; postings(): SearchPosting[] }
/** `kind`: p page, d drill, q question, s story, r review, m threat model, t term of the glossary. */
interface SearchPlace { page: number; file: string; at: number; kind: string }

interface SearchIndex {
  /** One for each document. */
  places: SearchPlace[];
  /** Those that the book has. */
  kinds: string[];
  common: Set<string>;
  synonyms: string[][];
  find(word: string): Promise<SearchTerm | null>;
  /** How many files words with that beginning may be in. */
  spread(start: string): number;
  startingTerms(start: string): Promise<SearchTerm[]>;
  starting(start: string): Promise<string[]>;
  ending(end: string): Promise<string[]>;
  document(doc: number): Promise<SearchDocument & { url: string; page: string }>;
}

/** A piece of a query between spaces, or in quotation marks; `unfinished` while it may still be typed at. */
interface SearchChunk {
  raw: string;
  start: number;
  pieces: { special: string; words: { word: string; at: number }[] }[];
  quoted: boolean;
  unfinished: boolean;
}
/** How a document has a word: what that counts, the best field, and all places; of words in a row no places. */
interface SearchMatch { value: number; field: number; from: SearchPosting[] }
/** A word of a query, where it stands in it, the terms that match it with what each counts; `plain`: the words of a special word. */
interface SearchItem {
  word: string;
  at: number;
  found: [SearchTerm, number][];
  short: boolean;
  plain: string[] | null;
  docs: Map<number, SearchMatch>;
}
/** `items` are those of `all` that restrict. */
interface SearchPart { chunk: SearchChunk; all: SearchItem[]; items: SearchItem[]; common: boolean; docs: Map<number, SearchMatch> }
/** Words in a row that are marked, as the sets that each may be from. */
interface SearchPattern { chunk: number; words: Set<string>[]; special: { word: string; before: number; after: number } | null }
interface SearchSegment { text: string; marked: boolean }

interface SearchHit extends SearchPlace {
  doc: number;
  /** Whether the words stand as they were asked for: 2 in the heading, 1 in the body, 0 nowhere. */
  row: number;
  score: number;
  /** Whether an answer alone has the words: all, some or none of them. */
  hidden: string;
}
interface SearchResult {
  /** Best first. */
  hits: SearchHit[];
  /** Words that the book does not have, and those that were searched for instead. */
  corrections: { word: string; instead: string[] }[];
  /** When there are no hits: the query without one of its pieces, and how many there would be. */
  suggestions: { without: string; text: string; count: number }[];
  /** The words, if all are too common to restrict a search. */
  common: string[];
  /** Words too short to stand for all that begins with them. */
  short: string[];
  patterns: SearchPattern[];
  /** Whether the query has a word at all. */
  asked: boolean;
}

interface Search {
  words: {
    /** Lower case, without diacritics. */
    fold(text: string): string;
    /** The words of a text, each with its place in it. */
    tokens(text: string): { word: string; start: number; end: number }[];
    split(text: string): string[];
    /** A piece between spaces as a word with its signs, such as `.env` or `c++`; "" if it is none. */
    special(chunk: string): string;
  };
  typos: {
    distance(one: string, other: string): number;
    /** Words of the book at distance 1; or else those with another ending; or else, of long words, those at distance 2. */
    candidates(word: string, index: Pick<SearchIndex, "starting" | "ending">): Promise<string[]>;
  };
  index: {
    compare(one: string, other: string): number;
    open(root: SearchRoot, load: (name: string, file: string) => Promise<any>): SearchIndex;
  };
  excerpt: {
    /** A text with its marks. */
    whole(text: string, patterns: SearchPattern[]): SearchSegment[];
    /** The piece of a text, about as long as that, that shows most of what was asked for. */
    cut(text: string, patterns: SearchPattern[], length: number): SearchSegment[];
  };
  query: {
    parse(text: string): SearchChunk[];
    search(text: string, index: SearchIndex): Promise<SearchResult>;
  };
  results: {
    /** Shows in `view` what is found for what stands in the field; `failed` says there that something did not load, and asks again. */
    connect(form: HTMLFormElement, input: HTMLInputElement, view: HTMLElement, root: SearchRoot, failed: (again: () => void) => void,
      options: SearchOptions): void;
  };
}

/** `page`: the field is on the page of its own; `links`: addresses of contents, glossary and practice. */
interface SearchOptions { page?: boolean; links: DOMStringMap }
/** A text that differs with a number: by the names of `Intl.PluralRules`. */
interface TextForms { language: string; other: string; [form: string]: string }

interface Prepbook {
  /** Called by the book's data files. */
  data(name: string, value: unknown): void;
  values: Map<string, any>;
  /** The texts of the interface in the book's language: strings/en.toml. Those of preparation material, of search and of
   *  reading offline come with their scripts. */
  text: Record<
    | "copy" | "copy_code" | "copied" | "copied_code" | "copy_refused" | "copy_refused_code" | "menu" | "close"
    | "footnote_number" | "heading_link" | "pages_in" | "filter_pages" | "filter_nothing" | "code_scrolls" | "table_scrolls" | "theme" | "theme_system"
    | "theme_light" | "theme_dark" | "theme_contrast" | "search" | "search_field" | "search_failed" | "search_retry"
    | "answers" | "answer_at_end" | "answer_to" | "search_kind" | "search_kind_all" | "search_kind_p" | "search_kind_d"
    | "search_kind_q" | "search_kind_r" | "search_kind_s" | "search_kind_m" | "search_kind_t" | "search_badge_d"
    | "search_badge_q" | "search_badge_r" | "search_badge_s" | "search_badge_m" | "search_badge_t" | "search_results"
    | "search_none" | "search_none_of_kind" | "search_without" | "search_corrected" | "search_quoted" | "search_common"
    | "search_short" | "search_answer_all" | "search_answer_some" | "search_more" | "search_page" | "search_tip_row"
    | "search_tip_signs" | "search_choose" | "search_open" | "search_clear" | "search_contents" | "search_glossary"
    | "search_practice" | "search_slash" | "offline_keep" | "offline_keeping" | "offline_whole" | "offline_remove"
    | "offline_stopped" | "offline_again" | "offline_full" | "edition_ready" | "edition_show" | "edition_later",
    string
  > & Record<"search_count", TextForms>;
  core: {
    text: {
      /** A text with `values` in place of its placeholders. */
      fill(text: string | TextForms, values: Record<string, string | number | null>): string;
    };
    tree: {
      /** One spelling for a URL that may be percent-encoded or not. */
      plain(url: string): string;
      /** The URLs from the top of the tree down to `url`, both included; empty when it is not there. */
      path(entries: ContentsEntry[], url: string): string[];
      /** The entries, at any depth, whose titles have every word of the query, accents and case aside. */
      matching(entries: ContentsEntry[], query: string): ContentsEntry[];
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
      load(name: "contents/root", source: string): Promise<ContentsRoot>;
      load(name: "search", source: string): Promise<Search>;
      load(name: "search/root", source: string): Promise<SearchRoot>;
      load(name: string, source: string): Promise<ContentsChapter>;
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
  /** Only once its scripts are there. */
  search: Search;
}

declare var prepbook: Prepbook;

/* What `prepbook serve` puts into pages: src/server/client. */

/** Hashes of what a page is made of. */
interface LiveState {
  /** Null where there is no such page. */
  page: string | null;
  theme: string;
  style: string;
  contents: string;
  files: string;
  /** Empty when there are none. */
  problems: string;
  errors: number;
  /** The page is the last good one, since its source has mistakes. */
  held?: boolean;
}

interface LiveReport {
  errors: number;
  warnings: number;
  notes: number;
  /** How many are not in the list. */
  more: number;
  problems: {
    severity: "error" | "warning" | "note";
    code: string;
    message: string;
    /** File, line and column. */
    place: string;
    /** The address of the file's page, if it has one. */
    page: string | null;
    /** What the terminal shows. */
    text: string;
    /** The same for as long as it is the same mistake, wherever in its file it stands and whatever it says. */
    id: string;
  }[];
}

/** Which old child a new one is, -1 for none; `kept`: where it was among the others. */
interface LiveMatch { from: number; kept: boolean }

interface Live {
  /** Whether an element holds the page as a whole. */
  frame(element: Element): boolean;
  equal(one: Node, other: Node): boolean;
  /** Whether a node is white space and nothing else. */
  blank(node: Node): boolean;
  /** For each new child, the old one that it is. */
  match(before: Node[], after: Node[]): LiveMatch[];
  /** Takes what the reader has done in `old`; gives what does the same in what comes in its place. */
  remember(old: Element): (root: Element) => void;
  /** Takes what the reader sees; gives what scrolls it to where it was, unless it is within one of `moved`. */
  steady(moved: Node[]): () => void;
  /** Once the page is as the server sent it. */
  begin(): void;
  /** Makes the page that of the HTML; false if only loading it again does. */
  patch(html: string): boolean;
  /** Another node stands for what the server sent. */
  replace(old: Node, node: Node): void;
  styles(version: string): void;
  files(version: string): Promise<void>;
  /** Shows, wherever the page has an old one by now, the files as they are. */
  renew(): void;
  contents(version: string): void;
  problems: {
    begin(): void;
    /** Whether the server is to be asked for other pages from now on. */
    show(report: LiveReport | null): boolean;
    /** Says whether the page is an older one. */
    hold(older: boolean): void;
    /** Says whether the server is away. */
    wait(lost: boolean): void;
  };
}

declare var prepbookLive: Live;
