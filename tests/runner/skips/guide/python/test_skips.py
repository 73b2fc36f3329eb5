import unittest

import pytest


@pytest.mark.skip(reason="not today")
def test_marked():
    assert False


def test_inside():
    pytest.skip("not here")


class Later(unittest.TestCase):
    def test_later(self):
        self.skipTest("later")


def test_works():
    pass
