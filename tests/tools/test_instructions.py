"""Counts before and now -> what benches/instructions.py says of them.

    python3 -m unittest discover -s tests/tools
"""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "benches"))
import instructions                                                  # noqa: E402


class Compared(unittest.TestCase):
    def test_five_in_a_hundred_more_are_allowed_and_no_more(self):
        self.assertEqual(instructions.compared({"cold": 1000}, {"cold": 1050}),
                         (["cold: 1,050 instructions, 1.050 of 1,000"], False))
        self.assertEqual(instructions.compared({"cold": 1000}, {"cold": 1051}),
                         (["cold: 1,051 instructions, 1.051 of 1,000: more than 5% are not allowed"], True))

    def test_one_that_has_grown_is_enough(self):
        _, grown = instructions.compared({"cold": 1000, "unchanged": 100}, {"cold": 500, "unchanged": 106})
        self.assertTrue(grown)

    def test_less_work_is_taken_over(self):
        self.assertEqual(instructions.compared({"cold": 1000}, {"cold": 900}),
                         (["cold: 900 instructions, 0.900 of 1,000: take it over with UPDATE=1"], False))

    def test_a_new_count_has_nothing_to_be_compared_with(self):
        self.assertEqual(instructions.compared({}, {"cold": 900}), (["cold: 900 instructions; not counted before"], False))


if __name__ == "__main__":
    unittest.main()
