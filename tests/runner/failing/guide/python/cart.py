def total(cart):
    if not cart:
        raise ValueError("an empty cart")
    return sum(cart)
