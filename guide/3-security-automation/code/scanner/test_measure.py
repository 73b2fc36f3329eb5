"""The figures on the page are those of this scanner on these samples, whatever they are."""

import pathlib

import pytest

import measure
import scanner
import score
from model import Finding

book = pytest.mark.skipif(not measure.REVIEWS.is_dir(), reason="this folder was taken out of the book, and chapter 2 is not there")


@book
def test_the_page_shows_what_is_measured_now():
    assert (pathlib.Path(__file__).parent / "measured.txt").read_text(encoding="utf-8") == measure.report() + "\n"


@book
def test_all_planted_flaws_and_all_pairs_take_part():
    known = list(measure.known_flaws())
    assert len(known) == 87 and len({k.path for k in known}) == 15
    assert len(list(measure.pairs())) == 42
    assert all(not scanner.scan([measure.REVIEWS / "code" / k.language / k.path]).errors for k in known)


@book
def test_most_false_alarms_are_in_a_file_with_a_flaw_of_their_class():
    known = list(measure.known_flaws())
    rows = score.measure(known, scanner.scan(sorted({measure.REVIEWS / "code" / k.language / k.path for k in known})).findings)
    wrong = [f for row in rows.values() for f in row["false_alarms"]]
    beside = [f for f in wrong if any(k.path == pathlib.Path(f.path).name and score.same_class(f.cwe, k.cwe) for k in known)]
    assert (len(wrong), len(beside)) == (18, 14)  # the page says so


def alarm(line, cwe):
    return Finding("r", "a.py", line, cwe, "high", "t", "f")


def test_a_hit_is_of_the_class_and_on_the_line_or_beside_it():
    known = [score.Known("a.py", "python", 10, (89,), "high", "t")]
    for finding, found in ((alarm(10, 89), 1), (alarm(11, 89), 1), (alarm(12, 89), 0), (alarm(10, 79), 0)):
        row = score.measure(known, [finding])["python"]
        assert (row["found"], row["false"]) == (found, 1 - found)


def test_many_alarms_on_one_flaw_are_one_hit():
    known = [score.Known("a.py", "python", 10, (89,), "high", "t"), score.Known("a.py", "python", 30, (79,), "high", "t")]
    row = score.measure(known, [alarm(10, 89), alarm(9, 89), alarm(20, 89)])["python"]
    assert (row["found"], row["alarms"], row["false"]) == (1, 3, 1)


def test_reads_practice_json():
    data = {"items": [{"kind": "drill"}, {"kind": "review", "file": "x/a.py", "language": "python",
                                          "findings": [{"line": 3, "cwe": [89], "severity": "high", "title": "t"}]}]}
    assert score.from_practice(data) == [score.Known("a.py", "python", 3, (89,), "high", "t")]
