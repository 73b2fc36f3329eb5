from cart import total


def test_total():
    prices = [300, 150]
    assert total(prices) == 451


class TestEmpty:
    def test_total(self):
        assert (
            total([]) == 0
        )
