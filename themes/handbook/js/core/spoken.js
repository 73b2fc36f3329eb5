/* A text as it is spoken: its words, their seconds, who acts, whether it measures. The rules are those by which the build judges the
   book's own stories (src/measure), for English; tests/js/spoken.test.mjs holds both to the same lists and examples. */
(function (prepbook) {
  "use strict";
  /** @param {string} list */
  const listed = (list) => new Set(list.split(" "));

  /** Marks that are said aloud, a minus sign in front of a number among them; but no arrow. */
  const SAID = /[%‰&+×÷@#°§$€£¥]|=(?!>)|(?<![^\s(["“])[-−](?=[$€£¥]*[0-9])/gu;
  const WORD = /[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{N}\u0300-\u036f\u00ad\u200b-\u200d\u2060]|(?<=[0-9])[,:](?=[0-9])|[._\-\u2010\u2011'’ʼ](?=[\p{Alphabetic}\p{N}]))*/gu;
  /** What stands between double quotation marks, closed in its own paragraph. */
  const QUOTED = /“(?:(?!\n\s*\n)[^“”])*”|(?<![\p{Alphabetic}\p{N}])"(?=\S)(?:(?!\n\s*\n)(?:[^"“]|(?<=\s)"))*?(?<=\S)"/gu;

  const NUMBERED = listed("act annex appendix article book chapter class division figure grade group level page part phase section stage step table tier title type vol volume war");
  const SPELLED = listed("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half halves halved halving twice thrice double doubled doubling triple tripled tripling twofold threefold fourfold fivefold tenfold hundredfold");
  const SCALES = listed("hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens");
  const PARTS = listed("third quarter fifth sixth seventh eighth ninth tenth");
  const OF_A_PART = listed("as cheaper faster fewer higher less lower more of shorter slower smaller to");
  const UNITS = listed("k K m M mn b B bn x s ms us µs μs ns min mins h hr hrs d w y kB KB MB GB TB PB KiB MiB GiB TiB kbps Mbps Gbps Hz kHz MHz GHz rps qps tps pp pt pts ppm mm cm km g kg lb c p");
  const NAMING = listed("bit d eyes factor legged party sided step tier way");
  const NAMED = listed("android angular annex appendix article asvs bug chapter cve cwe day django edition figure finding go grade http https ios ipv iso issue item java jdk jep layer level line log4j month mysql nist node oauth openid openssl owasp page part pci phase php port postgres postgresql pr priority python quarter question rails react release rfc room ruby saml section sev severity sha soc spring ssl stage step story table ticket tier tls top v version versions web week windows year");
  const MONTHS = listed("Jan January Feb February Mar March Apr April May Jun June Jul July Aug August Sep Sept September Oct October Nov November Dec December");
  const BEFORE_YEARS = listed("autumn during early fall in late mid since spring summer till until winter year");
  const BEFORE_QUARTERS = listed("by over than to under");
  const NO_PLURALS = listed("across always does goes hers less ours plus this thus was");
  const PEOPLE = listed("people children staff men women");

  /** What counts a noun and does not name it: "a week", "the line". */
  const COUNTED = listed("a an each every per that the this");
  const lower = (/** @type {string} */ word) => word.toLowerCase();
  /** Verbs that are drawn together with who acts: "I've". */
  const DRAWN = listed("d ll m re ve");

  /** The words of a text, each with those beside it where nothing but space is between. @param {string} text */
  function split(text) {
    const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, at: index, end: index + word.length, before: "", after: "" }));
    words.forEach((next, index) => {
      const last = words[index - 1];
      if (last && !text.slice(last.end, next.at).trim()) [last.after, next.before] = [next.word, last.word];
    });
    return words;
  }

  /** Whether digits with separators, and behind them nothing or a unit, are a number. @param {string} part */
  function isNumber(part) {
    const [, digits, unit] = /** @type {RegExpExecArray} */ (/^(.*?)(\p{Alphabetic}*)$/su.exec(part));
    return /^[0-9,.:_]*$/.test(digits) && digits.split(":")[1]?.length !== 2 && digits.split(".").length < 3 && (!unit || UNITS.has(unit));
  }
  /** Whether a word that begins with a digit is a quantity by its form. @param {string} word */
  function isQuantity(word) {
    const [first, ...others] = word.split(/[-\u2010\u2011]/);
    // "80-90" is one, "256-bit" and a date are names.
    const isOne = others.every((part) => /^[0-9]/.test(part)) ? others.length < 2 && others.every(isNumber) : !NAMING.has(lower(others[0])) && word !== "0-day";
    return isNumber(first) && isOne;
  }

  /** Whether a text has a number that measures something, in digits or in words from two upwards. @param {string} text */
  function measures(text) {
    const words = split(text);

    /** Whether it stands behind what it names: "phase two". @param {number} index */
    function followsName(index) {
      const noun = words[index].before;
      return NAMED.has(lower(noun)) && !(/^\p{Ll}*$/u.test(noun) && COUNTED.has(lower(words[index - 1].before)));
    }
    /** Whether digits are a version, a year or a date. @param {number} index */
    function isName(index) {
      const { word, before, after } = words[index];
      const isCounted = PEOPLE.has(after) || (/^[\p{Ll}-]{3,}s$/u.test(after) && !NO_PLURALS.has(after));
      return (followsName(index) && !word.includes(","))
        || (word.includes(".") && before !== "CVSS" && /\p{Lu}.*\p{Lu}/u.test(before))
        || (word.split("-").every((part) => /^(19|20)\d\d$/.test(part)) && (!isCounted || BEFORE_YEARS.has(lower(before))))
        || (/^0*([1-9]|[12]\d|3[01])$/.test(word) && !isCounted && (MONTHS.has(before) || MONTHS.has(after)));
    }
    /** @param {number} index */
    function inDigits(index) {
      const { word, at, end, after } = words[index];
      const [prior, rest] = [text.slice(0, at), text.slice(end)];
      const isMoney = /[$€£¥]$/.test(prior);
      if (!isMoney && /[#/\\@=._]$|[^\s(["“]-$/.test(prior)) return false;
      // "23/60" is one number, "24/7" is a habit.
      if (/^\/[\p{Alphabetic}\p{N}]/u.test(rest)) return /^\/[0-9]/.test(rest) && word + "/" + words[index + 1].word !== "24/7";
      const isMeasured = isMoney || SCALES.has(lower(after)) || /^([ \u00a0\u202f]*[%‰]|\s*per\s*cent(?![\p{Alphabetic}\p{N}]))/iu.test(rest);
      return isMeasured || (isQuantity(word) && !isName(index));
    }
    /** @param {number} index */
    function inWords(index) {
      const [word, after] = [lower(words[index].word), lower(words[index].after)];
      if (["a", "an", "one"].includes(word) && PARTS.has(after)) {
        // "for a quarter" lasts three months, "by a quarter" takes away.
        const told = lower(words[index + 1].after);
        return told ? OF_A_PART.has(told) : after !== "quarter" || BEFORE_QUARTERS.has(lower(words[index].before));
      }
      const [first, second = ""] = word.split("-");
      // "half-baked" is no half, "half-hour" is one too rarely to tell.
      return (SPELLED.has(first) || SCALES.has(first)) && !NAMING.has(second) && !(first === "half" && second) && !followsName(index);
    }
    return words.some(({ word }, index) => (/^[0-9]/.test(word) ? inDigits(index) : inWords(index)));
  }

  /** @type {Prepbook["core"]["spoken"]} */
  prepbook.core.spoken = {
    words: (text) => split(text).length + (text.match(SAID) ?? []).length,
    seconds: (words, rate) => Math.floor((words * 120 + rate) / (2 * rate)),
    measures,

    persons(text, own) {
      const quotes = [...text.matchAll(QUOTED)].map(({ 0: quote, index }) => ({ start: index, end: index + quote.length }));
      /** @type {ReturnType<Prepbook["core"]["spoken"]["persons"]>} */
      const found = { i: [], we: [] };
      const [i, we] = [own.i, own.we].map((list) => new Set(list.split(",").map((form) => form.trim())));
      for (const { word, at, end, before } of split(text)) {
        const [stem, ...drawn] = word.split(/['’ʼ]/);
        const isI = i.has(stem);
        const isWe = !isI && (we.has(stem) || we.has(lower(stem)));
        if (!(isI || isWe) || !drawn.every((ending) => DRAWN.has(ending))) continue;
        // "I/O", "I. Introduction", "Part I".
        const [prior, rest] = [text.slice(0, at), text.slice(end)];
        const isNumeral = /^\/\p{Lu}/u.test(rest) || /\p{Lu}\/$/u.test(prior) || (/^[.)]/.test(rest) && /(^|\n)[^\S\n]*$/.test(prior))
          || (/^\p{Lu}/u.test(before) && NUMBERED.has(lower(before.replace(/(?<!s)s$/, ""))));
        if ((isWe || !isNumeral) && !quotes.some((quote) => quote.start <= at && at < quote.end)) (isWe ? found.we : found.i).push([at, end]);
      }
      return found;
    },

    sentence(text) {
      const plain = text.trim().replace(/\s+/g, " ");
      return /^.*?[.!?…](?=[”"'’)]*(\s|$))[”"'’)]*/u.exec(plain)?.[0] ?? plain;
    },
  };
})(prepbook);
