/* What the engine writes in front of the service worker (src/site/edition.rs), for the type checker alone. */

declare const edition: {
  /** The book's. */
  id: string;
  title: string;
  /** A hash of all that is published. */
  version: string;
  /** The address of the list of files: `{version, files: {path: [hash, size]}}`. */
  list: string;
  /** Bytes of all files, and up to how many a book is kept without being asked for. */
  size: number;
  small: number;
  style: string;
  /** What every page loads. */
  shell: string[];
  /** The book's language, and which way it is written. */
  language: string;
  direction: "ltr" | "rtl";
  /** `[worker]` in strings/en.toml. */
  text: Record<"title" | "text" | "home", string>;
};

/** As in prepbook.d.ts, which describes pages. */
type OfflineState = { size: number } & (
  | { kind: "visited" | "whole" | "stopped" | "full" }
  | { kind: "keeping"; kept: number; files: number }
);
