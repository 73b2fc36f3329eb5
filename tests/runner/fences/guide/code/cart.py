import sys


# region total
def total(prices):
    if prices == []:
        # region inner
        raise ValueError("an empty cart")
        # endregion inner
    return sum(prices)
# endregion total


total([])
