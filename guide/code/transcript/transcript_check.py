"""Counts what can be counted in the transcript of a practice answer. It does not judge who you are.

    python3 transcript_check.py story.txt --time 4:05
    python3 transcript_check.py story.vtt
    python3 transcript_check.py answer.txt --parts technical --time 5:20

A transcript is plain text, or captions with times (.srt, .vtt). A line that holds only the name of a part, such as
`Situation`, begins that part; `Situation 0:45` also says when. Times come from captions, from such lines, or from
--time for the whole; without any, 140 words a minute are assumed and the rate is not judged.

Prints `file:line: what to work on` and a summary. Exit status: 0 nothing to work on, 1 something, 2 the transcript
cannot be judged. Reads one file, writes only to the terminal, opens no connection. Standard library only.
"""

import argparse
import bisect
import dataclasses
import json
import re
import sys

# Seconds for each part, as (least, most): the times of the phone-screen page, 60 % of the lower and 125 % of the upper.
SHAPES = {
    "star": {"situation": (45, 45), "task": (30, 30), "action": (120, 120), "result": (45, 45)},
    "technical": {"clarify": (30, 30), "outline": (60, 60), "depth": (180, 240), "connect": (30, 30)},
    "none": {},
}
ALSO = {"learning": "result", "go deep": "depth"}      # what is spoken as a part of another one
LEAST, MOST = 0.6, 1.25
ASSUMED_RATE = 140

FILLERS = ("um", "umm", "uh", "uhm", "er", "erm", "hmm", "you know", "i mean", "basically", "actually", "literally", "obviously",
           "sort of", "kind of", "like")
NUMBER_WORDS = set("""two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion""".split())
# `kind of` hedges behind one of these, and is a noun behind `a`, `this`, `another` and the like.
HEDGED = r"\b(?:i|it|we|they|is|it['’]s|was|are|were|and|but|so|just)"


class CannotJudge(Exception):
    """There is nothing to count, or it cannot be read; never a result."""


@dataclasses.dataclass
class Line:
    number: int                  # in the file
    text: str
    start: float = None          # seconds, from captions
    end: float = None


@dataclasses.dataclass
class Part:
    name: str
    number: int
    lines: list
    start: float = None
    seconds: float = None

    @property
    def words(self):
        return sum(len(words_of(line.text)) for line in self.lines)


# region read
CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
CUE = re.compile(rf"\s*{CLOCK}\s+-->\s+{CLOCK}(?:\s.*)?$")


def seconds(hours, minutes, secs, fraction=None):
    if int(secs) > 59:
        raise CannotJudge(f"{minutes}:{secs} is no time")
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + (int(fraction.ljust(3, "0")) / 1000 if fraction else 0)


def time(text):
    """A length as it is typed: 4:05 or 1:04:05."""
    match = re.fullmatch(CLOCK, text.strip())
    if not match:
        raise CannotJudge(f"{text!r} is no time such as 4:05")
    return seconds(*match.groups())


def read(text):
    """The spoken lines, with times where the text has captions."""
    lines, start, end, captions = [], None, None, "-->" in text
    for number, raw in enumerate(text.splitlines(), 1):
        cue = CUE.match(raw)
        if cue:
            start, end = seconds(*cue.groups()[:4]), seconds(*cue.groups()[4:])
            if end < start or (lines and lines[-1].start is not None and start < lines[-1].start):
                raise CannotJudge(f"line {number}: the times of the captions run backwards")
            continue
        spoken = re.sub(r"<[^>]*>", "", raw).strip()
        # Numbers between captions, the head of the file and notes are not speech.
        if not spoken or (captions and (start is None or spoken.isdigit() or spoken.startswith("NOTE"))):
            continue
        lines.append(Line(number, spoken, start, end))
    return lines
# endregion read


def words_of(text):
    """Words and numbers as they are counted: `4.2 %` is one, `don't` is one."""
    return re.findall(r"\d[\d,.:]*\d|\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*", text)


# region parts
def split(lines, shape):
    """The parts in the order of the transcript; the names that stand alone on a line are not speech."""
    names = set(SHAPES[shape]) | {name for name, part in ALSO.items() if part in SHAPES[shape]}
    parts, before = [], []
    for line in lines:
        match = re.fullmatch(rf"#*\s*\**({'|'.join(sorted(names)) or '(?!)'})[.:]?\**\s*(?:\(?{CLOCK}\)?)?", line.text, re.I)
        if not match:
            (parts[-1].lines if parts else before).append(line)
            continue
        name, at = match.group(1).lower(), match.group(3) and seconds(*match.groups()[1:])
        if ALSO.get(name) in {part.name for part in parts}:
            continue
        name = ALSO.get(name, name)
        if name in {part.name for part in parts}:
            raise CannotJudge(f"line {line.number}: {name} begins twice")
        parts.append(Part(name, line.number, [], line.start if at is None else at))
    if not SHAPES[shape]:
        return [Part("all", 1, before)]
    if not parts:
        raise CannotJudge(f"no part begins: put {', '.join(SHAPES[shape])} on lines of their own, or use --parts none")
    if before:
        raise CannotJudge(f"line {before[0].number}: speech before the first part")
    wanted = list(SHAPES[shape])
    found = [part.name for part in parts]
    if found != wanted:
        raise CannotJudge(f"the parts are {', '.join(found)}; {', '.join(wanted)} were expected")
    return parts
# endregion parts


def measure(parts, total=None):
    """Sets each part's seconds; returns those of the whole and whether they were measured."""
    timed = [line for part in parts for line in part.lines if line.end is not None]
    starts = [part.start for part in parts]
    if None not in starts:
        if total is None and not timed:
            raise CannotJudge("its parts have times and the whole has none: add --time")
        times = starts + [starts[0] + total if total is not None else timed[-1].end]
        if any(after < before for before, after in zip(times, times[1:])):
            raise CannotJudge("the times of the parts run backwards, or beyond the end")
        for part, after in zip(parts, times[1:]):
            part.seconds = after - part.start
    elif len(set(starts)) > 1:
        raise CannotJudge("some parts have times and others have none")
    whole = total if total is not None else timed[-1].end - timed[0].start if timed else None
    words = sum(part.words for part in parts)
    if whole is not None and whole <= 0:
        raise CannotJudge("it has no length")
    rate = words / whole * 60 if whole is not None else ASSUMED_RATE
    for part in parts:
        if part.seconds is None:
            part.seconds = part.words / rate * 60
    return (sum(part.seconds for part in parts) if whole is None else whole), whole is not None


# region count
def fillers(text):
    """Fillers with their places. `like` counts between commas, `kind of` and `sort of` where they hedge."""
    found = []
    low = text.lower()
    for filler in FILLERS:
        pattern = rf"(?<![\w'’-]){re.escape(filler)}(?![\w'’-])"
        if filler == "like":
            pattern = r"(?<=,) like(?=,)"
        if filler in ("kind of", "sort of"):
            pattern = HEDGED + ",? " + filler + r"\b"
        found += [(match.start(), filler) for match in re.finditer(pattern, low)]
    return sorted(found)


def pronouns(text):
    """How often `I`, and each `we` with the two words after it."""
    words = words_of(text)
    mine = sum(re.fullmatch(r"I(['’](m|ve|d|ll))?", word) is not None for word in words)
    ours = [" ".join(words[n:n + 3]) for n, word in enumerate(words) if re.fullmatch(r"we(['’](re|ve|d|ll))?", word, re.I)]
    return mine, ours


def numbers(text):
    """How many numbers are said: digits, or number words that follow each other. `One` alone is rarely a number."""
    count, before = 0, ""
    for word in words_of(text.lower()):
        is_number = word != "one" and all(piece in NUMBER_WORDS | {"one"} for piece in word.split("-"))
        if word[0].isdigit():
            count += 1
        elif is_number:
            count += not before
        goes_on = word == "point" and before == "number" or word == "and" and before == "large"
        large = word in ("hundred", "thousand", "million", "billion")
        before = "joined" if goes_on else "large" if large else "number" if is_number or word[0].isdigit() else ""
    return count
# endregion count


def clock(value):
    whole = round(value)
    return f"{whole // 60}:{whole % 60:02}"


def judge(text, shape="star", total=None, limits=None):
    """(problems, summary): problems are (line, message), the summary is data."""
    limits = {"fillers": 4.0, "rate": (110, 170), "pause": 6.0, **(limits or {})}
    lines = read(text)
    parts = split(lines, shape)
    spoken = [line for part in parts for line in part.lines]
    words = sum(part.words for part in parts)
    if not words:
        raise CannotJudge("nothing is said")
    length, measured = measure(parts, total)
    minutes = length / 60
    problems = []

    rate = words / minutes
    low, high = limits["rate"]
    if measured and not low <= rate <= high:
        problems.append((spoken[0].number, f"{rate:.0f} words a minute; {low}-{high} can be followed"))

    used = []
    for part in parts:                  # together, since a line may end between `you` and `know`
        ends = [sum(len(line.text) + 1 for line in part.lines[:n]) for n in range(1, len(part.lines) + 1)]
        used += [(part.lines[bisect.bisect_right(ends, at)].number, filler) for at, filler in fillers(" ".join(line.text for line in part.lines))]
    if len(used) / minutes > limits["fillers"]:
        often = {filler: sum(f == filler for _, f in used) for _, filler in used}
        named = ", ".join(f"{filler} {count}" for filler, count in sorted(often.items(), key=lambda item: (-item[1], item[0]))[:3])
        problems.append((used[0][0], f"{len(used) / minutes:.1f} fillers a minute ({named}); {limits['fillers']:g} pass unnoticed"))

    pauses = [(after.number, after.start - before.end) for before, after in zip(spoken, spoken[1:])
              if after.start is not None and before.end is not None and after.start > before.end]
    problems += [(number, f"a pause of {pause:.0f} seconds; say what you are choosing between") for number, pause in pauses if pause > limits["pause"]]

    summary = {"words": words, "seconds": round(length), "measured": measured, "words_a_minute": round(rate), "fillers": len(used),
               "numbers": sum(numbers(line.text) for line in spoken), "parts": {}}
    if pauses:
        summary["longest_pause"] = round(max(pause for _, pause in pauses), 1)
    for part in parts:
        text = " ".join(line.text for line in part.lines)
        mine, ours = pronouns(text)
        summary["parts"][part.name] = {"words": part.words, "seconds": round(part.seconds), "i": mine, "we": len(ours), "numbers": numbers(text)}
        if part.name in SHAPES[shape]:
            least, most = SHAPES[shape][part.name]
            if not least * LEAST <= part.seconds <= most * MOST:
                should = clock(least) if least == most else f"{clock(least)}-{clock(most)}"
                problems.append((part.number, f"{part.name} takes {clock(part.seconds)}; {should} is its time"))
        if part.name == "action":
            if len(ours) >= mine:
                problems.append((part.number, f"in the action, we {len(ours)} and I {mine}; what did you do?"))
            for line in part.lines:
                problems += [(line.number, f"“{phrase}”: was that you?") for phrase in pronouns(line.text)[1]]
        if part.name == "result" and numbers(text) < 2:
            problems.append((part.number, f"{numbers(text)} numbers in the result; two, each with a place where it was counted"))
    return sorted(problems, key=lambda problem: problem[0]), summary


def report(summary):
    rows = [f"{'part':<10}{'time':>6}{'words':>7}{'I':>4}{'we':>4}{'numbers':>9}"]
    rows += [f"{name:<10}{clock(part['seconds']):>6}{part['words']:>7}{part['i']:>4}{part['we']:>4}{part['numbers']:>9}"
             for name, part in summary["parts"].items()]
    length = clock(summary["seconds"]) + ("" if summary["measured"] else f", assumed from {ASSUMED_RATE} words a minute")
    rows.append(f"{summary['words']} words in {length}: {summary['words_a_minute']} a minute, {summary['fillers']} fillers, "
                f"{summary['numbers']} numbers" + (f", longest pause {summary['longest_pause']:g} seconds" if "longest_pause" in summary else ""))
    return "\n".join(rows)


def rate_range(text):
    match = re.fullmatch(r"(\d+)-(\d+)", text)
    if not match or not int(match[1]) < int(match[2]):
        raise argparse.ArgumentTypeError("a range such as 110-170 was expected")
    return int(match[1]), int(match[2])


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="the transcript: .txt, .srt or .vtt, in UTF-8")
    parser.add_argument("--parts", choices=list(SHAPES), default="star", help="which parts it has (default: star)")
    parser.add_argument("--time", metavar="M:SS", help="how long the whole took, from the recording")
    parser.add_argument("--max-fillers", type=float, default=4.0, metavar="N", help="fillers a minute (default: 4)")
    parser.add_argument("--rate", type=rate_range, default=(110, 170), metavar="LOW-HIGH", help="words a minute (default: 110-170)")
    parser.add_argument("--max-pause", type=float, default=6.0, metavar="SECONDS", help="between captions (default: 6)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(argv)
    try:
        with open(args.file, encoding="utf-8-sig") as file:
            text = file.read()
        total = time(args.time) if args.time else None
        problems, summary = judge(text, args.parts, total, {"fillers": args.max_fillers, "rate": args.rate, "pause": args.max_pause})
    except (OSError, UnicodeDecodeError, CannotJudge) as error:
        print(f"{args.file}: cannot be judged: {error}", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps({"problems": [{"line": n, "message": m} for n, m in problems], **summary}, ensure_ascii=False, indent=1))
    else:
        for number, message in problems:
            print(f"{args.file}:{number}: {message}")
        print(report(summary))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
