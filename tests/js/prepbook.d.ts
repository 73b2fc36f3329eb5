/* The one global name of the theme's scripts, for the type checker alone: never shipped. Signatures stand here once; the
   scripts take them from here by context. */

interface ContentsEntry { title: string; url: string | null; part?: string | null; children?: ContentsEntry[]; file?: string | null }
interface ContentsRoot { chapters: ContentsEntry[] }
interface ContentsChapter { url: string; entries: ContentsEntry[] }

interface DocumentEventMap {
  /** The book's tree of contents is another one, with this hash: from `prepbook serve` alone. */
  "prepbook:contents": CustomEvent<string>;
  /** Something in the collection of that name has changed. */
  "prepbook:kept": CustomEvent<string>;
  /** Something could not be kept: storage is full, or blocked, or used by a later edition of the book. */
  "prepbook:attempt": CustomEvent<Attempt>;
  "prepbook:unkept": CustomEvent<"full" | "blocked" | "later">;
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
  /** Whether it is kept; nothing is kept of `undefined`. */
  write(key: string, value: unknown): boolean;
  /** Those that start so. */
  keys(start: string): string[];
}

/* What is kept of a reader's practice. */

/** `at`: when it was ticked, or its tick taken `off`; `was`: what the item said then, if that is not what it says. */
interface Tick { text: string; at: number; off?: true; was?: string }
/** Of one checklist, by keys of items; `done` counts those that are in the list. */
interface Ticks { phase: string; count: number; done: number; items: Record<string, Tick> }

/** Of an exercise under way: milliseconds spent up to `since`, 0 while it rests, and when that was last seen. */
interface ClockRun { spent: number; since: number; seen: number }
/** `before`: what is said before its name as it begins. */
interface ClockPart { name: string; seconds: number; before?: string }
interface Attempt { item: string; at: number; seconds: number; planned: number; score?: Score | ModelScore; sheet?: Sheet }
/** Flaws found of how many, marks that are none, classes and severities that were right, milliseconds to the first hit. */
interface Score { found: number; of: number; wrong: number; named: number; rated: number; first: number | null }
/** A line that is suspected after so many milliseconds; empty: no class or severity yet. */
interface Mark { line: number; after: number; family: string; severity: string }
/** Threats of a model that its reader had, of how many; of the first by rank; and of the reader's own those that it lacks. */
interface ModelScore { found: number; of: number; top: number; tops: number; beyond: number }
/** A flow is called after its stops and is in no boundary. */
interface SheetPlace { id: number; name: string; kind: string; in: string }
/** `as`: which threat of the model it is, or "". */
interface SheetThreat { on: number; letter: string; text: string; as: string }
/** `had`: threats of the model that its reader had, also those that were not written; `ended`: when, 0 while the clock runs. */
interface Sheet { places: SheetPlace[]; threats: SheetThreat[]; had: string[]; ended: number }
/** `letters` such as "SE"; `on`: ids of places. */
interface ModelThreat { id: string; letters: string; on: string[]; text: string }
/** `threats` by rank; a place is `at` the boundaries that it is in or crosses. */
interface ThreatModel {
  threats: ModelThreat[];
  places: { id: string; name: string; at: string[] }[];
  boundaries: { id: string; name: string }[];
}
/** How many threats there are of something, and how many were found. */
interface Share { name: string; found: number; of: number }
interface Finding { line: number; cwe: string[]; severity: string }
/** For each finding the mark that found it; the lines of decoys that were marked, and of false alarms. */
interface Judgement {
  verdicts: { mark: Mark | null; named: boolean; rated: boolean }[];
  taken: number[];
  wrong: number[];
  score: Score;
}
/** `days`, `step` and `state` are the scheduler's; `first` and `last`: when it was seen, `rests`: until when it is put aside. */
interface Card {
  due: number; stability: number; difficulty: number; days: number; step: number; reps: number; lapses: number; state: number;
  last: number; first: number; rests: number;
}
/** A story of the reader's own; `principles` by id, `metrics` a line each, `place`: what it is sorted by, `at`: last changed. */
interface OwnStory {
  title: string; principles: string[]; situation: string; task: string; action: string; result: string; learning: string;
  metrics: string; place: number; at: number;
}
type StoryPart = "situation" | "task" | "action" | "result";
/** What the page says of stories: words a minute, by how many percent a part may be longer, and the parts with their seconds. */
/** Forms of who acts, apart by commas. */
interface Persons { i: string; we: string }
interface StoryRules { rate: number; tolerance: number; parts: { name: StoryPart; seconds: number }[]; persons: Persons }
/** What a story lacks, or has too much of, and the field and the place in it that shows it. */
interface StoryGap {
  kind: "principle" | "principles" | "long" | "short" | "we" | "i" | "number" | "metrics" | "metric";
  count: number; field?: "result" | "metrics" | StoryPart | "learning"; range?: [number, number];
}
/** New cards a day, the day of the interview, such as 2026-12-20, or "", and the decks that are left out. */
interface Deck { limit: number; date: string; out: string[] }
/** A place on the way: `href` from the root of the site. */
interface Stop { id: string; href: string }
/** What is still to come, how much is passed, where it ends, and what was before the last stop. */
interface Walk { stops: Stop[]; passed: number; home: string; undo?: { stop: Stop; before: Card | null } }
/** What a card is made of: its id, the id of the place that its address names, the answer that turns it or else the name of the
 *  button that does, and what it asks; `lay` puts the bar into its place and, given that, what comes below its back. */
interface CardFace {
  id: string; anchor: string; answer?: HTMLDetailsElement; element?: "div" | "dd"; asks?: (Node | string)[]; show?: string;
  lay(part: HTMLElement, bar?: HTMLElement): void;
  /** Shows its front or its back, or is a card no more. */
  turn?(side: "front" | "back" | "off"): void;
}
/** The scheduler: ts-fsrs, in js/vendor. */
interface FsrsCard {
  due: Date; stability: number; difficulty: number; elapsed_days: number; scheduled_days: number; learning_steps: number;
  reps: number; lapses: number; state: number; last_review?: Date;
}
declare var FSRS: {
  createEmptyCard(now: Date): FsrsCard;
  generatorParameters(parameters: { request_retention: number; enable_fuzz: boolean }): object;
  fsrs(parameters: object): { next(card: FsrsCard, now: Date, grade: 1 | 2 | 3 | 4): { card: FsrsCard } };
};
/** A line of either text or both, by its index in each. */
interface DiffLine { kind: "same" | "ins" | "del"; before: number | null; after: number | null }

/** A phone screen under way, or one that is still to be marked (`ended`, after `seconds`); `probes`: for each part, how much the
 *  reader wanted to be asked ahead of time. */
interface Screening { seed: string; notes: string; probes: (number | null)[]; ended: number; seconds: number }
/** `questions`: for each part the one that was drawn, or ""; `marks` by what is marked. */
interface ScreenReport {
  item: string; at: number; seed: string; seconds: number; planned: number; notes: string; questions: string[];
  marks: Record<string, number>;
}

/** Something to do on a day of a plan: `href` from the root of the site, `practice` the id of an exercise, or "". */
interface PlanItem { key: string; text: string; href: string; practice: string; minutes: number }
interface PlanDay { day: number; minutes: number; items: PlanItem[] }
/** A plan that is followed since `start`, such as 2026-11-26; what is before day `from` was left out; `fixed`: it goes
    back from the day of the interview, and is not moved; `emergency`: the last review. */
interface PlanRecord {
  title: string; href: string; start: string; from: number; fixed?: boolean; at: number; days: PlanDay[];
  emergency: { title: string; href: string } | null;
}
/** The day by number, below 1 before the plan begins; what it has, what earlier days have left and in how many minutes. */
interface PlanStanding { day: number; last: number; items: PlanItem[]; left: PlanItem[]; next: PlanItem | undefined; minutes: number }
/** Something to practise, as the page of all practice lists it; `chapter` by number. */
interface Piece {
  id: string; kind: string; drill: string; topic: string; chapter: string; principles: string[]; minutes: number; title: string; href: string;
}
/** What has been kept of practice, as far as it says where a reader stands. */
interface Done { attempts: Attempt[]; reports: ScreenReport[]; cards: Map<string, Card>; stories: { id: string; principles: string[] }[] }
interface Area { topic: string; score: number; count: number }
/** By which somebody is called ready: the last try, or how many of how many. */
interface Criterion { name: string; state: "none" | "near" | "met"; last?: Attempt; count?: number; of?: number }
interface NextStep { why: "running" | "plan" | "due" | "weak" | "new"; title: string; href: string; count?: number; topic?: string }
/** A stretch of a recording, in seconds; `planned`: 0 where nothing is; `pause`: the longest. */
interface RecordedPart { name: string; from: number; seconds: number; planned: number; talk: number; pause: number }
/** An answer that was given aloud, or written; `size`: bytes of its sound, which is kept apart; `said`: what was said, as text;
 *  `points`: those of a good answer that its reader finds in it. */
interface Recording { item: string; at: number; seconds: number; size: number; parts: RecordedPart[]; said: string; points: string[] }

/** Kept as small records, by name of the collection. */
interface Records { ticks: Ticks; clocks: ClockRun; marks: Mark[]; cards: Card; deck: Deck; screens: Screening; sheets: Sheet; plans: PlanRecord; stories: OwnStory; findings: string[] }
/** Kept as logs, to which entries are added. */
interface Logs { attempts: Attempt; reports: ScreenReport; recordings: Recording; sounds: Blob }

interface Collection {
  /** Kept as a log. */
  log?: boolean;
  /** Large, and kept for as long as the record of the same id in this collection. */
  of?: string;
  /** What makes a record of each version one of the next: version 1 is what goes into the first. */
  steps: ((older: any) => any)[];
  check(value: unknown): boolean;
  /** Of two records with one id, what is to stay. */
  merge(ours: any, theirs: any): any;
}
/** Collections by name, records by id. */
type Kept = Record<string, { version: number; records: Record<string, unknown> }>;
/** A border that is reached after so many milliseconds, what is said of it, and whether it is the end. */
interface Border { after: number; words: string; last: boolean }
/** Times: of the first practice, the last change, the last file, and when that was last asked for. */
interface Diary { first: number; changed: number; saved: number; asked: number }

/* The search bundle (js/search), loaded once it is needed. */

/** Files of the index, as docs/searching.md has them. */
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
  suggestions: { word: string; instead: string; text: string; count: number }[];
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

/* The bundle of voices (js/voice), loaded once one of its buttons is pressed. */

/** From where to where in a text. */
interface SpokenPiece { start: number; end: number }
/** Where reading aloud has stopped: which sentence, and how it starts. */
interface SpokenPlace { at: number; start: string }
/** `block`: the element that it stands in. */
interface Sentence { text: string; block: Element; range(): Range }

interface Narrator {
  /** Once the browser has its voices, if it has any. */
  ready(): Promise<unknown>;
  /** The one that is to speak: the reader's choice, or one of this device. */
  voice(): SpeechSynthesisVoice | undefined;
  begin(sentences: Sentence[], at: number, tell: (state: "says" | "over" | "stopped") => void): {
    at(): number;
    /** Says the sentences from there, or from where it stands. */
    go(to?: number): void;
    hush(): void;
  };
}

/** An answer; `blob`: its sound, while nothing else keeps it. */
interface Taken { record: Recording; blob?: Blob; isKept: boolean }
/** Where a part begins, in milliseconds of the recording; `planned` in seconds. */
interface RecordedMark { name: string; planned: number; from: number }
/** A recording that is on. */
interface RecordingRun {
  track: MediaStreamTrack;
  /** Milliseconds that are recorded. */
  time(): number;
  isOn(): boolean;
  /** How loud it is now, from 0 to 1. */
  level(): number;
  pause(): void;
  resume(): void;
  /** The whole, and its loudness moment by moment: none if the browser cannot tell. */
  stop(): Promise<{ blob: Blob; time: number; levels: number[] }>;
}

interface Voice {
  /** What its buttons do, by their `data-voice-tool`. */
  tools: Record<"aloud" | "record", (button: HTMLElement, signal: AbortSignal) => void>;
  passages(roots: HTMLElement[]): Sentence[];
  narrator: Narrator;
  aloud: { press(button: HTMLElement, signal: AbortSignal): void; stop(): void };
  microphone: {
    canRecord(): boolean;
    /** Once the reader has let it; `turned` gets what there is from time to time, and its milliseconds. */
    open(turned: (blob: Blob, time: number) => void): Promise<RecordingRun>;
  };
  recognition: {
    /** Whether the browser writes down what is said on this device, or could once it has loaded something. */
    offer(): Promise<"available" | "downloadable" | "downloading" | "unavailable">;
    install(): Promise<boolean>;
    /** Gives what ends it. */
    listen(track: MediaStreamTrack, heard: (words: string) => void): () => void;
  };
  player(section: HTMLElement): {
    /** Plays from so many seconds; `button` has the focus when it closes. */
    play(id: string, blob: Blob, title: string, from: number, button: HTMLElement): Promise<void>;
    close(): void;
  };
  /** What the text of an answer shows, and the points that its reader ticks. */
  analysis(section: HTMLElement, ticked: string[], tick: (points: string[]) => void): {
    parts: Element[];
    show(said: string, seconds: number): void;
  };
  /** `gone` gets what was deleted. */
  take(section: HTMLElement, id: string, taken: Taken, player: ReturnType<Voice["player"]>, gone: (held: Taken) => void): {
    place: HTMLDetailsElement;
    field: HTMLTextAreaElement;
  };
  /** Whether both are kept. */
  keep(id: string, record: Recording, blob?: Blob): Promise<boolean>;
  record(button: HTMLElement, signal: AbortSignal): void;
}

/** `page`: the field is on the page of its own; `links`: addresses of contents, glossary and practice. */
interface SearchOptions { page?: boolean; links: DOMStringMap }
/** A text that differs with a number: by the names of `Intl.PluralRules`. */
interface TextForms { language: string; other: string; [form: string]: string }

interface Prepbook {
  /** Called by the book's data files. */
  data(name: string, value: unknown): void;
  values: Map<string, any>;
  /** The texts of the interface in the book's language: strings/en.toml. Those of preparation material, of search, of voices
   *  and of reading offline come with their scripts. */
  text: Record<
    | "copy" | "copy_code" | "copied" | "copied_code" | "copy_refused" | "copy_refused_code" | "menu" | "close"
    | "footnote_number" | "heading_link" | "pages_in" | "filter_pages" | "filter_nothing" | "code_scrolls" | "table_scrolls" | "theme" | "theme_system"
    | "theme_light" | "theme_dark" | "theme_contrast" | "search" | "search_field" | "search_failed" | "search_retry" | "voice_failed"
    | "answers" | "answer_at_end" | "answer_to" | "ticked" | "ticked_book" | "ticked_phase" | "ticked_gone" | "untick"
    | "tick_changed" | "tick_holds" | "tick_forget" | "kept_nothing" | "kept_clear" | "kept_cleared" | "kept_undo" | "kept_undone"
    | "kept_promised" | "kept_not_promised" | "copy_save" | "copy_saved" | "copy_due" | "copy_later_on" | "copy_with" | "copy_found" | "copy_add"
    | "copy_replace" | "copy_leave" | "copy_added" | "copy_replaced" | "copy_left" | "copy_form" | "copy_book" | "copy_later"
    | "copy_damaged" | "copy_unkept" | "clock_pause" | "clock_resume" | "clock_done" | "clock_drop" | "clock_part" | "clock_next"
    | "clock_up" | "clock_over" | "clock_away" | "clock_leave_out" | "clock_took" | "clock_before" | "clock_situation"
    | "clock_task" | "clock_action" | "clock_result" | "clock_clarify" | "clock_outline" | "clock_deep" | "clock_connect"
    | "clock_work" | "clock_wrap" | "cue" | "cue_none" | "cue_sound" | "cue_speech" | "cue_vibration"
    | "flaw_how" | "flaw_lines" | "flaw_line" | "flaw_class" | "flaw_no_class" | "flaw_severity" | "flaw_no_severity"
    | "flaw_remove" | "flaw_remove_line" | "flaw_access" | "flaw_injection" | "flaw_files" | "flaw_objects" | "flaw_secrets"
    | "flaw_crypto" | "flaw_race" | "flaw_resources" | "flaw_memory" | "flaw_errors" | "flaw_logic" | "flaw_critical"
    | "flaw_high" | "flaw_medium" | "flaw_low" | "flaw_summary" | "flaw_first" | "flaw_judged" | "flaw_nothing" | "flaw_decoy"
    | "flaw_before" | "flaw_of" | "flaw_found" | "flaw_missed" | "flaw_named" | "flaw_misnamed" | "flaw_rated"
    | "flaw_misrated" | "flaw_taken" | "flaw_diff" | "deck_today" | "card_grade" | "card_again" | "card_hard" | "card_good"
    | "card_turn" | "card_story" | "card_flaw" | "card_flaw_of" | "own_i" | "own_we" | "own_untitled" | "own_moved" | "own_deleted" | "own_outline" | "own_written"
    | "own_sum" | "own_done" | "own_spoken" | "own_go" | "own_lacks_principle" | "own_lacks_principles" | "own_lacks_i" | "own_lacks_number"
    | "own_lacks_metrics" | "own_lacks_metric" | "own_principle" | "own_stories" | "own_serves" | "own_none" | "own_unserved" | "own_single" | "own_crowded"
    | "card_easy" | "card_given" | "card_undo" | "card_undo_last" | "card_show" | "card_bury" | "card_end"
    | "screen_half" | "screen_next" | "screen_notes" | "screen_no_voice"
    | "screen_mark" | "screen_points" | "screen_structure" | "screen_correctness" | "screen_customer" | "screen_communication"
    | "screen_own" | "screen_numbers" | "screen_customers" | "screen_learning" | "screen_keep" | "screen_leave" | "screen_report" | "screen_again"
    | "plan_start" | "plan_interview" | "plan_choose" | "plan_stop" | "plan_stopped" | "plan_calendar" | "plan_all" | "plan_one"
    | "plan_back" | "plan_ahead" | "plan_week_of" | "plan_before" | "plan_day" | "plan_over" | "plan_skip" | "plan_minutes"
    | "plan_catch_up" | "plan_next" | "plan_here" | "standing_next" | "standing_all" | "standing_ready" | "standing_weak"
    | "standing_area" | "standing_practised" | "standing_minutes" | "standing_found" | "standing_reviews" | "standing_covered"
    | "next_running" | "next_plan" | "next_due" | "next_weak" | "next_new" | "ready_met" | "ready_near" | "ready_none" | "ready_model"
    | "ready_review" | "ready_script" | "ready_stories" | "ready_speech"
    | "ready_last" | "ready_count" | "ready_ranked" | "ready_uncompared"
    | "screen_near" | "screen_once" | "screen_ready" | "screen_mark_of" | "screen_parts" | "screen_same" | "screen_print" | "unkept" | "unkept_full" | "unkept_blocked" | "unkept_later"
    | "sheet_how" | "sheet_name" | "sheet_arrow" | "sheet_kind" | "sheet_inside" | "sheet_add" | "sheet_change" | "sheet_remove"
    | "sheet_remove_place" | "sheet_grid" | "sheet_external" | "sheet_process" | "sheet_store" | "sheet_flow" | "sheet_crosses"
    | "sheet_threat" | "sheet_s" | "sheet_t" | "sheet_r" | "sheet_i" | "sheet_d" | "sheet_e" | "sheet_said" | "sheet_summary"
    | "sheet_guessed" | "sheet_model" | "sheet_yours" | "sheet_as" | "sheet_as_none" | "sheet_by_letter" | "sheet_by_boundary"
    | "sheet_no_boundary" | "sheet_by_rank" | "sheet_first" | "sheet_all" | "sheet_count" | "sheet_again" | "sheet_away" | "sheet_before"
    | "search_kind" | "search_kind_all" | "search_kind_p" | "search_kind_d"
    | "search_kind_q" | "search_kind_r" | "search_kind_s" | "search_kind_m" | "search_kind_t" | "search_badge_d"
    | "search_badge_q" | "search_badge_r" | "search_badge_s" | "search_badge_m" | "search_badge_t" | "search_results"
    | "search_none" | "search_none_of_kind" | "search_without" | "search_instead" | "search_corrected" | "search_quoted" | "search_common"
    | "search_short" | "search_answer_all" | "search_answer_some" | "search_more" | "search_page" | "search_tip_row"
    | "search_tip_signs" | "search_choose" | "search_open" | "search_clear" | "search_contents" | "search_glossary"
    | "search_practice" | "search_slash" | "offline_keep" | "offline_keeping" | "offline_whole" | "offline_remove"
    | "aloud" | "aloud_go" | "aloud_pause" | "aloud_back" | "aloud_forward" | "aloud_first" | "aloud_rate" | "aloud_voice"
    | "aloud_choose" | "aloud_own" | "aloud_others" | "aloud_resumed" | "aloud_over" | "aloud_stopped" | "aloud_sends"
    | "aloud_none" | "aloud_none_own"
    | "rec" | "rec_consent" | "rec_start" | "rec_write" | "rec_stop" | "rec_on" | "rec_resting" | "rec_done" | "rec_silent"
    | "rec_denied" | "rec_none" | "rec_failed" | "rec_refused" | "rec_writes" | "rec_gets" | "rec_get" | "rec_not_got"
    | "rec_room" | "rec_tight" | "rec_take" | "rec_written" | "rec_listen" | "rec_playing" | "rec_answer" | "rec_save"
    | "rec_keep" | "rec_unkept" | "rec_lost" | "rec_delete" | "rec_deleted" | "rec_talked" | "rec_unmeasured" | "rec_part"
    | "rec_time" | "rec_talk" | "rec_silence" | "rec_pause" | "rec_of" | "rec_unclocked" | "rec_said" | "rec_points"
    | "rec_points_about" | "rec_heard" | "tell_pace" | "tell_unfilled" | "tell_people" | "tell_we" | "tell_numbered"
    | "tell_unnumbered" | "tell_star_none" | "tell_learning" | "tell_fillers" | "tell_numbers"
    | "tell_common" | "tell_star_situation" | "tell_star_task" | "tell_star_action" | "tell_star_result"
    | "tell_star_learning"
    | "offline_stopped" | "offline_again" | "offline_full" | "edition_ready" | "edition_show" | "edition_later",
    string
  > & Record<"search_count" | "kept_ticks" | "kept_clocks" | "kept_attempts" | "kept_marks" | "kept_cards" | "kept_deck" | "kept_screens" | "kept_reports" | "kept_sheets" | "kept_plans" | "plan_weeks" | "plan_left" | "plan_move" | "plan_near" | "next_cards" | "flaw_alarms" | "sheet_threats" | "sheet_beyond"
    | "kept_stories" | "kept_findings" | "own_rehearsed" | "own_count" | "own_over" | "own_under" | "own_lacks_long" | "own_lacks_short" | "own_lacks_we"
    | "kept_recordings" | "copy_without" | "card_place" | "aloud_code" | "aloud_code_in" | "tell_filled" | "tell_words", TextForms>;
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
    /* With voices only. */
    loudness: {
      /** In decibels, for every moment. */
      levels(samples: Float32Array, rate: number): number[];
      /** As many as so many milliseconds have. */
      fit(levels: number[], time: number): number[];
      /** Whether somebody talks, for every moment. */
      talk(levels: number[]): boolean[];
      parts(moments: boolean[], marks: RecordedMark[], time: number): RecordedPart[];
    };
    telling: {
      words(text: string): string[];
      /** `pace`: words a minute, 0 where no time is known. Lists are of words and phrases, apart by commas. */
      measure(text: string, seconds: number, lists: { fillers: string; numbers: string; persons: Persons }): {
        words: number; pace: number; fillers: { phrase: string; times: number }[]; filled: number; own: number; shared: number; numbers: string[];
      };
      numbers(text: string, spelled: string): string[];
      /** For each part of a story where a cue of it first stands, or "". */
      star(text: string, cues: Record<string, string>): { name: string; place: string }[];
      /** Which words of a point stand near each other in a text, and whether those are half of it. */
      touched(point: string, text: string, common: string): { words: string[]; isTouched: boolean };
    };
    speech: {
      /** What is said in one go: sentences, or parts of long ones. */
      pieces(text: string, language: string): SpokenPiece[];
      /** As it is said. */
      plain(text: string): string;
      /** Where a place is in these texts, which may have been changed: the start, if it is gone. */
      find(place: SpokenPlace, texts: string[]): number;
      place(at: number, text: string): SpokenPlace;
      /** The places of pages with this one's, or without. */
      keep(places: Record<string, SpokenPlace>, page: string, place: SpokenPlace | undefined): Record<string, SpokenPlace>;
    };
    /* With preparation material only. */
    keeping: {
      collections: Record<string, Collection>;
      is: Record<"name" | "text" | "count" | "time" | "address", (value: unknown) => boolean> & {
        object(value: unknown): value is Record<string, unknown>;
        mapOf(check: (value: unknown) => boolean): (value: unknown) => boolean;
      };
      version(name: string): number;
      /** A record of any version as one of today; undefined if it is none. */
      open(name: string, version: unknown, value: unknown): unknown;
      /** All of it as the text of a file. */
      write(kept: Kept, book: string, now: number): string;
      /** What such a text has, once all of it was found to be right; or what is wrong: no such file, another book's, one of a
       *  later edition, or damaged at that place. */
      read(text: string, book: string): { kept: Kept; saved: number } | { fault: "form" | "book" | "later" | "damaged"; place?: string };
      merge(ours: Kept, theirs: Kept): Kept;
      /** Whether the reader should be asked for a file: after a week of use without one, and once a week at most. */
      isDue(diary: Diary, now: number): boolean;
    };
    ticks: {
      /** How much two texts have in common, from 0 to 1. */
      likeness(one: string, other: string): number;
      /** The ticks by keys of these items: each with its own, or with the one most like it, if none has its key. */
      settle(items: { key: string; text: string }[], kept: Record<string, Tick>): Record<string, Tick>;
    };
    clock: {
      /** The usual parts of an exercise, by what its element says of it. */
      split(exercise: { practice?: string; kind?: string; minutes?: string; principles?: string; topic?: string }): ClockPart[];
      start(now: number): ClockRun;
      pause(run: ClockRun, now: number): ClockRun;
      resume(run: ClockRun, now: number): ClockRun;
      elapsed(run: ClockRun, now: number): number;
      /** The run as it is now, `passed` milliseconds after it was last seen: a clock that was set back changes nothing. */
      follow(run: ClockRun, now: number, passed: number): ClockRun;
      /** By how much more than that the clock is ahead, if by a minute: the computer slept, or somebody set its clock. */
      away(run: ClockRun, now: number, passed: number): number;
      leaveOut(run: ClockRun, away: number): ClockRun;
      /** The run on a page that was loaded now: nobody practises for an hour without the page. */
      wake(run: ClockRun, now: number): ClockRun;
      /** Which part it is, all of them once the time is up; what is left of it and of all, and what is over. */
      at(parts: ClockPart[], elapsed: number): { index: number; inPart: number; left: number; over: number };
      total(parts: ClockPart[]): number;
      /** When each part ends. */
      borders(parts: ClockPart[]): number[];
      /** As minutes and seconds. */
      show(time: number): string;
    };
    flaw: {
      families: string[];
      severities: string[];
      judge(marks: Mark[], findings: Finding[], decoys: number[]): Judgement;
      isScore(value: unknown): boolean;
    };
    sheet: {
      letters: string[];
      kinds: string[];
      blank(): Sheet;
      /** With another place, or with that of this id changed: "browser -> api" is a flow between those that are called so, or begin so. */
      put(made: Sheet, id: number | undefined, line: string, kind: string, inside: string): Sheet;
      /** Without a place and its threats. */
      remove(made: Sheet, id: number): Sheet;
      /** The boundaries that a flow crosses. */
      crossed(made: Sheet, place: SheetPlace): string[];
      add(made: Sheet, on: number, letter: string, text: string): Sheet;
      /** Of each threat which of the model's it may be: one with its letter, and words or places that are like its own. */
      guess(made: Sheet, model: ThreatModel): Sheet;
      /** Had that threat of the model, or not. */
      tick(made: Sheet, id: string, on: boolean): Sheet;
      /** The threat at that index is this one of the model, or none. */
      name(made: Sheet, index: number, id: string): Sheet;
      /** What of the model was had; the boundary without a name is none. */
      judge(made: Sheet, model: ThreatModel): { letters: Share[]; boundaries: Share[]; score: ModelScore };
      isScore(value: unknown): boolean;
      isSheet(value: unknown): boolean;
    };
    cards: {
      /** For whoever has not said. */
      usual: Deck;
      /** The card after it was seen and graded: 1 again, 2 hard, 3 good, 4 easy; undefined before it is seen the first time. */
      grade(card: Card | undefined, id: string, grade: 1 | 2 | 3 | 4, deck: Deck, now: number): Card;
      /** Put aside until tomorrow. */
      bury(card: Card, now: number): Card;
      /** Those that are due by tonight, the oldest first, and new ones: by the limit, or more if the interview is near. */
      today(ids: string[], known: Map<string, Card>, deck: Deck, now: number): { due: string[]; fresh: string[] };
      /** Several decks as one, each spread over all of it. */
      mix(decks: Stop[][]): Stop[];
      isToday(card: Card, now: number): boolean;
      /** How many midnights are between. */
      days(due: number, now: number): number;
    };
    screen: {
      /** For each pool one of its ids, or "" from an empty one: the same for the same seed, and none twice while there are others. */
      draw(seed: string, pools: string[][]): string[];
      /** What a reader marks, and with how many points at most, in the halves that there are. */
      rubric(simulation: { technical: number; minutes: number }): { name: string; points: number }[];
      /** Percent. */
      score(marks: Record<string, number>): number;
      /** What to do next, after scores of `before`. */
      verdict(score: number, before: number[]): "again" | "near" | "once" | "ready";
    };
    plan: {
      /** The day so many days later. */
      add(date: string, days: number): string;
      between(from: string, to: string): number;
      /** Today by the reader's calendar. */
      today(now: number): string;
      /** The first day of a plan that ends the day before the interview. */
      startFor(interview: string, plan: { days: PlanDay[] }): string;
      interviewOf(start: string, plan: { days: PlanDay[] }): string;
      dateOf(plan: PlanRecord, day: number): string;
      /** `done`: keys of items. */
      standing(plan: PlanRecord, done: Set<string>, today: string): PlanStanding;
      /** Begins so many days later. */
      move(plan: PlanRecord, days: number): PlanRecord;
      /** The first item up to that day that asks for the exercise and is not done. */
      earliest(plan: PlanRecord, practice: string, done: Set<string>, day: number): PlanItem | undefined;
      /** As a calendar file (RFC 5545), an event a day. */
      calendar(plan: PlanRecord, of: { id: string; link: string }, now: number): string;
    };
    standing: {
      /** The ids of what was done at least once. */
      done(pieces: Piece[], kept: Done): Set<string>;
      /** By group, in the order of the pieces. */
      coverage(pieces: Piece[], done: Set<string>, names: (piece: Piece) => string[]): { name: string; done: number; of: number }[];
      /** Topics with the share of what was right, the weakest first. */
      areas(pieces: Piece[], kept: Done): Area[];
      /** Minutes of practice a day, today last. */
      days(attempts: Attempt[], now: number): number[];
      /** Shares of flaws found in these exercises, one after another. */
      scores(attempts: Attempt[], ids: Set<string>): number[];
      readiness(pieces: Piece[], kept: Done, principles: string[]): Criterion[];
      next(now: { running: string | undefined; plan: PlanItem | undefined; due: number; areas: Area[]; pieces: Piece[]; done: Set<string> }): NextStep[];
      /** A line through the values as an SVG path in a box of that size. */
      path(values: number[], width: number, height: number): string;
    };
    spoken: {
      /** How many words a text has when it is read aloud. */
      words(text: string): number;
      /** How long it takes to say so many, rounded. */
      seconds(words: number, rate: number): number;
      /** Where it says "I" and "we" as the one who acts. */
      persons(text: string, own: Persons): Record<"i" | "we", [number, number][]>;
      /** Whether it has a number that measures something. */
      measures(text: string): boolean;
      /** The first sentence. */
      sentence(text: string): string;
    };
    stories: {
      /** Seconds in all, at least and at most. */
      total: number[];
      /** What stands in a field with one thing a line. */
      lines(text: string): string[];
      blank(place: number, at: number, principles: string[]): OwnStory;
      /** In the reader's order. */
      sort(entries: [string, OwnStory][]): [string, OwnStory][];
      /** `off`: words that are too many or, below zero, wanting; written once no part is too short. */
      judge(story: OwnStory, rules: StoryRules): {
        parts: { name: StoryPart; words: number; seconds: number; off: number }[];
        seconds: number; i: number; we: number; gaps: StoryGap[]; isWritten: boolean;
      };
      /** Principles without a story and with one alone, and stories that serve more principles than one can carry. */
      cover(principles: string[], all: [string, OwnStory][]): Record<"none" | "one" | "many", string[]>;
      /** `level`: of its heading; `words`: what its headings say, and a line on it as a whole. */
      markdown(story: OwnStory, level: number, words: Record<string, string>): string;
    };
    diff: {
      lines(before: string[], after: string[]): DiffLine[];
      /** The changes with what stands around them, apart where there is more between them. */
      hunks(lines: DiffLine[]): DiffLine[][];
    };
  };
  platform: {
    store: Shelf & {
      session: Shelf;
      /** Hears of what another tab does to keys that start so. */
      watch(start: string, listener: () => void, signal: AbortSignal): void;
    };
    voices: {
      /** For the language of the book: the reader's choice first, then those of this device. */
      list(): SpeechSynthesisVoice[];
      /** Those of this device alone. */
      own(): SpeechSynthesisVoice[];
    };
    /* With preparation material only. */
    keeper: {
      get<N extends keyof Records>(name: N, id: string): Records[N] | undefined;
      /** Whether it is kept; nothing is kept of `undefined`. */
      set<N extends keyof Records>(name: N, id: string, value: Records[N] | undefined): boolean;
      ids(name: keyof Records): string[];
      /** Hears of every change to a collection, in any tab. */
      watch(name: keyof Records | keyof Logs, listener: () => void, signal: AbortSignal): void;
      add<N extends keyof Logs>(name: N, id: string, value: Logs[N]): Promise<boolean>;
      /** Takes an entry out, and what is large of it. */
      remove(name: keyof Logs, id: string): Promise<boolean>;
      /** The entries by id. */
      log<N extends keyof Logs>(name: N): Promise<Record<string, Logs[N]>>;
      all(): Promise<Kept>;
      /** Puts these in the place of all that is there, or changes nothing and gives false. */
      replace(kept: Kept): Promise<boolean>;
      diary(): Diary;
      note(change: Partial<Diary>): void;
    };
    cue: {
      /** Those that this browser has: none, sound, speech, vibration. */
      ways: string[];
      /** Says it aloud, by a voice of this device; false if it has none. */
      say(words: string): Promise<boolean>;
      hush(): void;
      /** Says these borders, in place of any that were to be said. */
      arm(way: string, borders: Border[]): void;
    };
    walk: {
      read(): Walk;
      begin(stops: Stop[], home: string): void;
      /** Goes on to the next stop; `again`: this one comes once more. */
      pass(again: boolean, undo: Card | null): void;
      /** To the last one again. */
      back(): void;
      end(): void;
    };
    /** The threat model that an exercise is compared with, and its rows, if there is one. */
    modelAnswer(section: HTMLElement): { place: HTMLElement; statements: HTMLTableRowElement[]; model: ThreatModel } | undefined;
    practising: {
      /** An exercise runs in this tab; `led` is called once this is the tab that leads. */
      begin(led: () => void): void;
      end(): void;
      leads(): boolean;
      /** Puts the time before the title of the page that leads. */
      title(time: string): void;
    };
    agenda: {
      /** Those that are followed, by id. */
      plans(): [string, PlanRecord][];
      /** Keys of the items that are ticked. */
      done(id: string): Set<string>;
      tick(id: string, days: PlanDay[], key: string, on: boolean): void;
      /** Finds the items that ticks belong to in this edition. */
      settle(id: string, days: PlanDay[]): void;
      standing(id: string, plan: PlanRecord): PlanStanding;
    };
    copies: {
      /** Gives the reader a text as a file of that name. */
      download(text: string, type: string, name: string): void;
      /** Gives the number of records that were left out, since they are large and this is not the whole. */
      save(isWhole: boolean): Promise<number>;
      read(file: Blob): Promise<ReturnType<Prepbook["core"]["keeping"]["read"]>>;
    };
    loader: {
      /** The value that the file at `source` registers under `name`. */
      load(name: "contents/root", source: string): Promise<ContentsRoot>;
      load(name: "search", source: string): Promise<Search>;
      load(name: "search/root", source: string): Promise<SearchRoot>;
      load(name: "voice", source: string): Promise<Voice["tools"]>;
      load(name: string, source: string): Promise<ContentsChapter>;
    };
    clipboard: { write(text: string): Promise<boolean> };
    announce: { say(text: string): void };
  };
  elements: {
    define(selector: string, connect: Connect): void;
    /** Improves what is in `root`; elements that are connected already stay as they are. */
    connect(root: ParentNode): void;
    /** The same, giving way to the browser after every few milliseconds; resolves when all is connected. */
    start(root: ParentNode): Promise<void>;
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
  /* With preparation material only. */
  exercises: {
    /** As `elements.define`, but never for the copy of an exercise on a page to print. */
    define(selector: string, connect: Connect): void;
    /** A button that is called so and does that. */
    tool(name: string, act: () => void): HTMLButtonElement;
    /** Where a link leads, from the root of the site. */
    fromRoot(link: HTMLAnchorElement): string;
    /** Makes a card of what is there. */
    card(place: HTMLElement, face: CardFace, signal: AbortSignal): void;
    /** The reader's own stories, on their page. */
    stories: {
      /** In the reader's order, by id. */
      all(): [string, OwnStory][];
      title(story: OwnStory): string;
      /** Where one is written. */
      place(id: string): HTMLDetailsElement | null;
      rules(): StoryRules;
      /** Begins one that serves these. */
      add(principles: string[]): void;
    };
  };
  /** Only once its scripts are there. */
  search: Search;
  voice: Voice;
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
