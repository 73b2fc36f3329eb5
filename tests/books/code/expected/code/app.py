import os

def outer():
    # region inner
    x = 1  # <&>
    # endregion inner
    return x


# region other
def other():
    # region nested
    return 1
    # endregion
# endregion other
