# Größe
def lies(größe):
    return open(größe)
