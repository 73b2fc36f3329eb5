// Writes the search index of a few documents, as the generator does (docs/searching.md), clearly rather than well. A document
// is {id, title, text, answer?, kind?}; the first of a page without an id carries the page's title.

const CHARACTER = /[\p{Alphabetic}\p{N}]/u;
const ALONE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export const byCodePoint = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The words of a text, one character after the other. */
export function words(text) {
  const found = [];
  let word = "";
  const end = () => {
    if (word) found.push([...word].slice(0, 40).join(""));
    word = "";
  };
  for (const character of fold(text).replace(/['’]/g, "")) {
    if (!CHARACTER.test(character)) end();
    else if (ALONE.test(character)) end(), found.push(character);
    else word += character;
  }
  end();
  return found;
}

export function special(chunk) {
  let characters = [...fold(chunk)];
  while (characters.length && !CHARACTER.test(characters[0]) && !".-#@$/~_*".includes(characters[0])) characters.shift();
  while (characters.length && !CHARACTER.test(characters.at(-1)) && !"+#".includes(characters.at(-1))) characters.pop();
  if (!characters.some((one) => CHARACTER.test(one)) || characters.length > 40) return "";
  return CHARACTER.test(characters[0]) && CHARACTER.test(characters.at(-1)) ? "" : characters.join("");
}

/** Plain and special words with their positions. */
export function placed(text, from) {
  const found = [];
  let at = from;
  for (const chunk of text.split(/\s+/)) {
    const plain = words(chunk);
    if (plain.length && special(chunk)) found.push({ word: special(chunk), at });
    for (const word of plain) found.push({ word, at: at++ });
  }
  return found;
}

/** Every document of the book, with all that is indexed of it. */
export function documents({ pages }) {
  return pages.flatMap((page, number) => page.documents.map((document) => {
    const title = document.title || (document.id ? "" : page.title);
    const heading = placed(title, 0);
    const length = words(title).length;
    const body = placed(document.text, length + 8);
    return { page, number, document, top: !document.id, heading, length, body, answer: placed(document.answer ?? "", 0),
      around: placed(page.title, 0) };
  }));
}

const varint = (number) => (number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]);

function frontCoded(sorted) {
  let before = [];
  return sorted.map((word) => {
    const points = [...word];
    let shared = 0;
    while (shared < 35 && shared < points.length && points[shared] === before[shared]) shared += 1;
    before = points;
    return shared.toString(36) + points.slice(shared).join("");
  }).join("\n");
}

function postings(word, all, common) {
  const bytes = [];
  let last = -1;
  all.forEach(({ heading, body, answer, around, length, top }, doc) => {
    const places = (list) => list.filter((one) => one.word === word).map(({ at }) => at);
    const [inHeading, inBody] = [places(heading), common ? [] : places(body)];
    const hidden = !common && places(answer).length > 0;
    const field = inHeading.length ? (top ? 4 : 3) : inBody.length ? 2 : places(around).length ? 1 : hidden ? 0 : -1;
    if (field < 0) return;
    const share = inHeading.length ? inHeading.length / length : (inBody.length * 10) / Math.max(1, body.length);
    const at = [...inHeading, ...inBody];
    bytes.push(...varint((doc - last) * 32 + field * 4 + Math.min(3, Math.floor(share * 3))));
    last = doc;
    let from = -1;
    if (field > 1) at.forEach((one, order) => (bytes.push(...varint((one - from) * 2 + (order < at.length - 1))), (from = one)));
  });
  return bytes;
}

/**
 * The files of the index: name → value. `stems` says which words are of one stem; `shard` how many words are in a file.
 * @param {{pages: any[], stems?: Record<string, string>, synonyms?: string[][], common?: string[], shard?: number, part?: number}} book
 */
export function encode(book) {
  const { stems = {}, synonyms = [], common = [], shard = 200, part = 50 } = book;
  const all = documents(book);
  const files = new Map();
  const coded = new Map();
  for (const { heading, body, answer, around } of all) {
    for (const { word } of [...heading, ...body, ...answer, ...around]) coded.set(word, null);
  }
  for (const word of coded.keys()) {
    const bytes = postings(word, all, common.includes(word));
    if (bytes.length) coded.set(word, bytes);
    else coded.delete(word);
  }

  const root = { version: 1, terms: [], termFiles: [], endings: [], endingFiles: [], common: [...common].sort(), synonyms };
  const sorted = [...coded.keys()].sort(byCodePoint);
  const stem = (word) => stems[word] ?? word;
  for (let from = 0; from < sorted.length;) {
    let to = Math.min(sorted.length, from + shard);
    // Words of one stem are never apart.
    while (sorted.slice(to).some((word) => sorted.slice(from, to).some((other) => stem(other) === stem(word)))) to += 1;
    const group = sorted.slice(from, to);
    const data = group.flatMap((word, index) => {
      const before = group.slice(0, index).findLastIndex((other) => stem(other) === stem(word));
      const bytes = coded.get(word);
      return [...varint(before < 0 ? 0 : index - before), ...varint(bytes.length), ...bytes];
    });
    const name = `search/t-${String(from).padStart(8, "0")}`;
    files.set(name, { words: frontCoded(group), data: Buffer.from(data).toString("base64") });
    root.terms.push(from ? group[0] : "");
    root.termFiles.push(name + ".js");
    from = to;
  }
  const reversed = sorted.map((word) => [...word].reverse().join("")).sort(byCodePoint);
  for (let from = 0; from < reversed.length; from += shard) {
    const name = `search/e-${String(from).padStart(8, "0")}`;
    files.set(name, { words: frontCoded(reversed.slice(from, from + shard)) });
    root.endings.push(from ? reversed[from] : "");
    root.endingFiles.push(name + ".js");
  }

  root.pages = book.pages.map(({ url, title, documents }, page) => {
    const counts = [];
    for (let from = 0; from < documents.length; from += part) {
      const few = documents.slice(from, from + part);
      counts.push(few.length);
      const name = `search/${page}${documents.length > part ? "-" + from / part : ""}`;
      const shown = few.map(({ id, title, text, answer }) => ({ id, title, text, ...(answer ? { answer: true } : {}) }));
      files.set(name, { url, title, documents: shown });
    }
    return counts.join(",");
  }).join(" ");
  root.kinds = all.map(({ document }) => document.kind ?? "p").join("").replace(/(.)\1*/g, (run) => run[0] + run.length);
  files.set("search/root", root);
  return files;
}

/** Loads from those files what a page loads from the site; `asked` collects the names. */
export function loader(files, asked = []) {
  return async (name, file) => {
    if (file !== name + ".js" || !files.has(name)) throw new Error(`there is no ${file}`);
    asked.push(name);
    return files.get(name);
  };
}
