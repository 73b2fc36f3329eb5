import unittest


class Cart(unittest.TestCase):
    def setUp(self):
        self.prices = {}

    def test_price(self):
        self.assertEqual(self.prices["tea"], 300)
