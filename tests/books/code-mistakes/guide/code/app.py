# region check
ready = True
# endregion check
# region open
steady = True
