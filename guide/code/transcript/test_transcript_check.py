"""Transcripts with one thing to work on each, sound ones, and what cannot be judged.

    python3 -m unittest
"""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
import transcript_check as checker                                   # noqa: E402

# 150 words a minute, each part in its time: 0:45, 0:30, 2:00, 0:45.
FOUR = {"Situation": 112, "Task": 75, "Action": 300, "Result": 112}


def words(count, start=""):
    return " ".join((start.split() + ["word"] * count)[:count])


def story(**parts):
    """A sound story of four minutes, with parts replaced."""
    texts = {"Situation": words(112), "Task": words(75, "I had to"), "Action": words(300, "I wrote and I asked"),
             "Result": words(112, "from 1,180 to 212 a month"), **parts}
    return "\n\n".join(f"{name}\n{text}" for name, text in texts.items()) + "\n"


def found(text, total=240, shape="star", **limits):
    return [message for _, message in checker.judge(text, shape, total, limits)[0]]


def run(text, *options):
    """(exit status, output, errors) of the command."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            status = checker.main([str(path), *options])
        return status, out.getvalue().replace(f"{folder}/", ""), errors.getvalue().replace(f"{folder}/", "")


class Words(unittest.TestCase):
    def test_a_number_with_its_marks_is_one_word_and_so_is_a_contraction(self):
        self.assertEqual(checker.words_of("It’s 1,180: not 4.2 %, well-known, at 18:40."),
                         ["It’s", "1,180", "not", "4.2", "well-known", "at", "18:40"])

    def test_fillers_are_counted_and_their_honest_uses_are_not(self):
        for text, count in (("Um, so I, er, looked.", 2), ("You know, it was kind of slow.", 2), ("It was, like, slow.", 1),
                            ("A kind of flaw like this one.", 0), ("This kind of error, sort of test and umbrella.", 0),
                            ("We all know that you knew.", 0), ("I mean it.", 1)):
            with self.subTest(text):
                self.assertEqual(len(checker.fillers(text)), count)

    def test_i_and_we(self):
        self.assertEqual(checker.pronouns("I'm sure I did; I’ve asked. It is in."), (3, []))
        self.assertEqual(checker.pronouns("Then we migrated the shop, and we’re done; well, west."), (0, ["we migrated the", "we’re done well"]))

    def test_numbers_in_digits_and_in_words(self):
        for text, count in (("from 1,180 to 212 a month", 2), ("forty-two teams and three customers", 2), ("one of them", 0),
                            ("two hundred and five", 1), ("one hundred", 1), ("14 million people", 1), ("three point five per cent", 1),
                            ("two million five hundred thousand", 1), ("nobody knows", 0)):
            with self.subTest(text):
                self.assertEqual(checker.numbers(text), count)


class Judgement(unittest.TestCase):
    def test_a_story_in_its_times_with_two_numbers_has_nothing_to_work_on(self):
        problems, summary = checker.judge(story(), "star", 240)
        self.assertEqual(problems, [])
        self.assertEqual(summary["seconds"], 240)
        self.assertEqual({name: part["words"] for name, part in summary["parts"].items()}, {k.lower(): v for k, v in FOUR.items()})

    def test_too_long_and_too_short(self):
        self.assertIn("situation takes 1:12; 0:45 is its time", found(story(Situation=words(180)), 267))
        self.assertIn("task takes 0:12; 0:30 is its time", found(story(Task="I had to " + words(27)), 222))

    def test_an_action_that_others_did(self):
        messages = found(story(Action=words(300, "We wrote it and we tested and I watched")))
        self.assertEqual(messages[0], "in the action, we 2 and I 1; what did you do?")
        self.assertEqual(messages[1:], ["“We wrote it”: was that you?", "“we tested and”: was that you?"])

    def test_a_result_without_numbers(self):
        self.assertEqual(found(story(Result=words(112, "one was better"))), ["0 numbers in the result; two, each with a place where it was counted"])

    def test_what_was_learned_counts_with_the_result(self):
        text = story(Result=words(80, "3 of 17 were open")) + "\nLearning:\n" + words(32)
        problems, summary = checker.judge(text, "star", 240)
        self.assertEqual((problems, summary["parts"]["result"]["words"]), ([], 112))

    def test_too_fast_and_too_slow(self):
        self.assertTrue(found(story(), 180)[0].startswith("200 words a minute"))
        self.assertIn("90 words a minute; 110-170 can be followed", found(story(), 400))
        self.assertFalse(any("a minute" in m for m in found(story(), 200, rate=(110, 200))))

    def test_fillers_by_the_minute(self):
        many = "Um I asked and um I wrote and you know I, er, did it. " * 5
        self.assertEqual(found(story(Action=many + words(235))), ["5.0 fillers a minute (um 10, er 5, you know 5); 4 pass unnoticed"])
        self.assertEqual(found(story(Action=many + words(235)), fillers=5), [])

    def test_a_filler_may_stand_on_two_lines_and_has_the_line_on_which_it_begins(self):
        problems, summary = checker.judge("all\nwell, um, you\nknow\n" + words(20), "none", 10)
        self.assertEqual((problems[0][0], summary["fillers"]), (2, 2))
        self.assertEqual(checker.judge("you\nknow " + words(20), "none", 10)[0][-1][0], 1)

    def test_without_a_time_the_rate_is_assumed_and_not_judged(self):
        problems, summary = checker.judge(story())
        self.assertEqual((problems, summary["measured"], summary["words_a_minute"], summary["seconds"]), ([], False, 140, 257))

    def test_a_technical_answer(self):
        parts = {"Clarify": words(70), "Outline": words(140), "Go deep": words(490), "Connect": words(70)}
        text = "\n".join(f"## {name}\n{said}" for name, said in parts.items())
        self.assertEqual(found(text, 330, "technical"), [])
        self.assertEqual(found(text.replace("Go deep", "Depth"), 330, "technical"), [])

    def test_no_parts(self):
        self.assertEqual(found(words(70, "I fixed it"), 30, "none"), [])


class Times(unittest.TestCase):
    def test_times_beside_the_names_of_parts(self):
        text = story().replace("Situation", "Situation 0:10", 1).replace("Task", "**Task** (1:10)", 1).replace("Action", "Action: 1:40", 1).replace("Result", "Result 3:30", 1)
        problems, summary = checker.judge(text, "star", 245)
        self.assertEqual([part["seconds"] for part in summary["parts"].values()], [60, 30, 110, 45])
        self.assertEqual([m for _, m in problems], ["situation takes 1:00; 0:45 is its time"])

    def test_captions_have_times_and_pauses(self):
        vtt = ("WEBVTT\n\nNOTE made by a phone\n\n1\n00:00.000 --> 00:04.000\n<v Ada>I looked at\n\n00:13.500 --> 00:16.000 align:start\nthe log\n")
        problems, summary = checker.judge(vtt, "none")
        self.assertEqual((summary["words"], summary["seconds"], summary["longest_pause"]), (5, 16, 9.5))
        self.assertIn((10, "a pause of 10 seconds; say what you are choosing between"), problems)

    def test_srt_with_parts_in_it(self):
        cues, at = [], 0
        for number, (name, count) in enumerate(FOUR.items(), 1):
            length = count * 0.4
            said = {"Action": words(count, "I wrote"), "Result": words(count, "5 of 9")}.get(name, words(count))
            stamp = [f"00:{int(t) // 60:02}:{int(t) % 60:02},{round(t % 1 * 1000):03}" for t in (at, at + length)]
            cues.append(f"{number}\n{stamp[0]} --> {stamp[1]}\n{name}\n{said}\n")
            at += length
        problems, summary = checker.judge("\n".join(cues))
        self.assertEqual((problems, summary["words_a_minute"], summary["measured"]), ([], 150, True))


class Refused(unittest.TestCase):
    def refused(self, words_, text, *options):
        status, out, errors = run(text, *options)
        self.assertEqual((status, out), (2, ""))
        self.assertTrue(errors.startswith("a.txt: cannot be judged: "), errors)
        self.assertIn(words_, errors)

    def test_what_cannot_be_judged_is_never_a_result(self):
        self.refused("no part begins", "I did it.\n")
        self.refused("no part begins", "")
        self.refused("nothing is said", "\n", "--parts", "none")
        self.refused("nothing is said", "Situation\nTask\nAction\nResult\n")
        self.refused("task begins twice", "Situation\na\nTask\nb\nTask\nc\n")
        self.refused("were expected", "Situation\na\nAction\nb\n")
        self.refused("speech before the first part", "Hello\n" + story())
        self.refused("is no time", story(), "--time", "four")
        self.refused("is no time", story(), "--time", "4:75")
        self.refused("has no length", story(), "--time", "0:00")
        self.refused("add --time", story().replace("Situation", "Situation 0:00").replace("Task", "Task 0:45").replace("Action", "Action 1:15").replace("Result", "Result 3:15"))
        self.refused("some parts have times", story().replace("Task", "Task 0:45"), "--time", "4:00")
        self.refused("run backwards", story().replace("Situation", "Situation 1:00").replace("Task", "Task 0:45").replace("Action", "Action 1:15").replace("Result", "Result 3:15"), "--time", "4:00")
        self.refused("line 5: the times of the captions run backwards", "00:09.000 --> 00:10.000\nb\n\n1\n00:01.000 --> 00:02.000\na\n", "--parts", "none")
        self.refused("codec", b"\xff\xfe")


class Command(unittest.TestCase):
    def test_the_sample_gives_the_report_that_the_page_shows(self):
        done = subprocess.run([sys.executable, "transcript_check.py", "sample.txt", "--time", "0:55"], cwd=HERE, capture_output=True, text=True,
                              env={**os.environ, "PYTHONIOENCODING": "utf-8"}, encoding="utf-8", check=False)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertEqual(done.stdout, (HERE / "sample-report.txt").read_text(encoding="utf-8"))

    def test_statuses(self):
        self.assertEqual(run(story(), "--time", "4:00")[0], 0)
        self.assertEqual(run(story(Result=words(112)), "--time", "4:00")[0], 1)
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            self.assertEqual(checker.main([str(HERE / "nowhere.txt")]), 2)
        self.assertIn("cannot be judged", errors.getvalue())

    def test_help_and_wrong_usage(self):
        for options, status in ((["--help"], 0), ([], 2), (["a.txt", "--rate", "170-110"], 2), (["a.txt", "--parts", "half"], 2)):
            with self.subTest(options), contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
                with self.assertRaises(SystemExit) as end:
                    checker.main(options)
                self.assertEqual(end.exception.code, status)
                self.assertEqual("Exit status" in out.getvalue(), options == ["--help"])

    def test_json(self):
        status, out, _ = run(story(Result=words(112)), "--time", "4:00", "--json")
        said = json.loads(out)
        self.assertEqual((status, said["problems"][0]["line"], said["words"]), (1, 10, 599))

    def test_it_imports_nothing_that_could_send_the_words_anywhere(self):
        source = (HERE / "transcript_check.py").read_text(encoding="utf-8")
        imports = [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))]
        self.assertEqual(imports, ["argparse", "bisect", "dataclasses", "json", "re", "sys"])


if __name__ == "__main__":
    unittest.main()
