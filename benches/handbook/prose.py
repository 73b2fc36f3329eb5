"""The vocabulary and a random source -> names, sentences and identifiers. Knows nothing of pages or Markdown blocks."""

import re

from .vocabulary import ADJECTIVES, NOUNS, SYLLABLES, VERBS


def anchor(heading):
    """The id that every peer here gives a heading of ASCII letters and spaces."""
    return heading.lower().replace(" ", "-")


class Words:
    """Draws words and identifiers from the vocabulary with one random source."""

    def __init__(self, rng):
        self.rng = rng
        # Each page leans on a few coined names and a theme of a few nouns, as
        # real pages do; it keeps term frequencies uneven for search indexes.
        self.names = [self._coin() for _ in range(rng.randint(3, 5))]
        self.theme = rng.sample(NOUNS, 8)

    def _coin(self):
        return "".join(self.rng.choices(SYLLABLES, k=self.rng.choice((2, 3, 3)))).capitalize()

    def noun(self):
        return self.rng.choice(self.theme if self.rng.random() < 0.4 else NOUNS)

    def verb(self):
        return self.rng.choice(VERBS)

    def adj(self):
        return self.rng.choice(ADJECTIVES)

    def name(self):
        return self.rng.choice(self.names)

    def plural(self):
        noun = self.noun()
        if noun.endswith("y") and noun[-2] not in "aeiou":
            return noun[:-1] + "ies"
        return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")

    def snake(self):
        return f"{self.verb()}_{self.noun()}"

    def camel(self):
        return self.verb() + self.noun().capitalize()

    def pascal(self):
        return self.adj().capitalize() + self.noun().capitalize()

    def const(self):
        return f"{self.noun()}_{self.noun()}".upper()

    def field(self):
        return f"{self.noun()}_{self.noun()}"

    def dashed(self):
        return f"{self.adj()}-{self.noun()}"

    def number(self):
        return self.rng.choice((2, 3, 5, 8, 10, 12, 16, 20, 25, 32, 40, 60, 64, 90, 120, 250, 500, 1000))

    def code(self):
        kind = self.rng.randrange(6)
        if kind == 0:
            return f"`{self.snake()}()`"
        if kind == 1:
            return f"`{self.noun()}.{self.camel()}`"
        if kind == 2:
            return f"`{self.const()}`"
        if kind == 3:
            return f"`--{self.dashed()}`"
        if kind == 4:
            return f"`{self.noun()}.{self.field()} = {self.number()}`"
        return f"`{self.pascal()}`"

    _slot = re.compile(r"\{(\w+)\}")

    def fill(self, pattern):
        """Fill a pattern's slots, every slot with a new draw."""
        make = {
            "n": self.noun, "ns": self.plural, "v": self.verb, "a": self.adj,
            "x": self.name, "X": self.name, "c": self.code,
            "num": lambda: str(self.number()),
            "V": lambda: self.verb().capitalize(),
        }
        text = self._slot.sub(lambda m: make[m.group(1)](), pattern)
        text = re.sub(r"\b([Aa]) (\W*[aeiou])", r"\1n \2", text)
        return text[0].upper() + text[1:]
