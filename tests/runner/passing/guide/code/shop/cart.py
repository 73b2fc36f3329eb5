# region total
def total(cart):
    return sum(price for _, price in cart)


# endregion total
