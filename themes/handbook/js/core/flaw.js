/* Finding the flaws in a sample of code: families of weaknesses, and what suspicions are worth beside what there is to find. It
   must not know the page. */
(function (prepbook) {
  "use strict";
  const { collections, is } = prepbook.core.keeping;
  /** A mark beside the line is right as well: a statement has several. */
  const NEAR = 1;
  const SEVERITIES = ["critical", "high", "medium", "low"];

  /** Families by the numbers in CWE, as a reviewer would name them. */
  const FAMILIES = Object.entries({
    access: "269 276 284 285 287 288 290 294 302 306 307 345 346 352 384 425 441 522 565 566 602 613 620 639 640 732 862 863 942 1220",
    injection: "20 74 75 77 78 79 80 83 87 88 89 90 91 93 94 95 96 97 113 116 117 134 564 643 652 917 943 1236 1336",
    files: "22 23 24 35 36 59 61 73 98 99 377 378 379 409 426 427 434 494 601 611 706 827 829 918",
    objects: "470 502 913 914 915 1321",
    secrets: "200 201 203 204 208 209 210 212 214 215 226 256 257 259 260 311 312 313 315 316 319 321 359 402 497 498 523 524 525 526 530 531 532 533 538 540 548 552 598 615 668 798 1258",
    crypto: "261 295 296 297 299 322 323 324 325 326 327 328 329 330 331 335 336 337 338 340 347 354 757 759 760 780 916 1204 1240 1241",
    race: "362 363 364 366 367 368 412 413 421 567 609 662 663 667 689 820 821 833 1223",
    resources: "400 401 404 405 407 410 459 664 665 672 674 770 771 772 773 774 775 776 779 789 799 834 835 1050 1333",
    memory: "119 120 121 122 123 124 125 126 127 128 129 130 131 170 190 191 192 193 194 195 196 197 369 415 416 457 466 467 468 469 476 562 590 680 681 682 761 762 763 786 787 788 805 806 822 823 824 825 908 909",
    errors: "223 248 252 253 273 280 390 391 392 393 394 396 397 460 544 636 703 754 755 756 778",
    logic: "179 180 182 183 184 185 187 358 360 436 444 478 480 481 483 484 501 597 628 670 691 693 696 697 704 705 807 837 840 841 1021 1284 1286 1287 1289",
  }).map(([name, numbers]) => ({ name, numbers: new Set(numbers.split(" ")) }));

  /** @param {string[]} cwe */
  const families = (cwe) => FAMILIES.filter(({ numbers }) => cwe.some((number) => numbers.has(number))).map(({ name }) => name);

  /** @type {Prepbook["core"]["flaw"]} */
  const flaw = {
    families: FAMILIES.map(({ name }) => name),
    severities: SEVERITIES,

    judge(marks, findings, decoys) {
      const taken = new Set([...findings.map(({ line }) => line), ...decoys]);
      const distance = (/** @type {Mark} */ mark, /** @type {Finding} */ { line }) => Math.abs(mark.line - line);
      // A line that has something of its own is no neighbour.
      const isHit = (/** @type {Mark} */ mark, /** @type {Finding} */ finding) =>
        mark.line === finding.line || (distance(mark, finding) <= NEAR && !taken.has(mark.line));
      const verdicts = findings.map((finding) => {
        const right = families(finding.cwe);
        const [mark] = marks.filter((one) => isHit(one, finding)).sort((one, other) =>
          distance(one, finding) - distance(other, finding) || Number(right.includes(other.family)) - Number(right.includes(one.family)));
        if (!mark) return { mark: null, named: false, rated: false };
        // Of a weakness in no family any name will do.
        return { mark, named: !!mark.family && (!right.length || right.includes(mark.family)), rated: mark.severity === finding.severity };
      });
      const others = marks.filter((mark) => !findings.some((finding) => isHit(mark, finding)));
      const hits = verdicts.flatMap(({ mark }) => mark ?? []);
      return {
        verdicts,
        taken: others.map(({ line }) => line).filter((line) => decoys.includes(line)),
        wrong: others.map(({ line }) => line).filter((line) => !decoys.includes(line)),
        score: {
          found: hits.length,
          of: findings.length,
          wrong: others.length,
          named: verdicts.filter(({ named }) => named).length,
          rated: verdicts.filter(({ rated }) => rated).length,
          first: hits.length ? Math.min(...hits.map(({ after }) => after)) : null,
        },
      };
    },

    isScore: (value) => is.object(value) && [value.found, value.of, value.wrong, value.named, value.rated].every(is.count)
      && (value.first === null || is.count(value.first)),
  };
  prepbook.core.flaw = flaw;

  /** @param {unknown} value */
  const isMark = (value) => is.object(value) && is.count(value.line) && Number(value.line) > 0 && is.count(value.after)
    && ["", ...flaw.families].includes(/** @type {any} */ (value.family)) && ["", ...SEVERITIES].includes(/** @type {any} */ (value.severity));
  collections.marks = {
    steps: [],
    check: (value) => Array.isArray(value) && value.every(isMark),
    merge: (ours) => ours,
  };
})(prepbook);
