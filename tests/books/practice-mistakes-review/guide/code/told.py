"""Returns orders."""


# É: any id will do; must be validated, see CWE-639.
def order(number):
    return orders[number]  # attacker
