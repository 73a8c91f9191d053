"""Invented texts with planted copies, and texts that look like copies and are none.

Own reports in invented words; communiqués of a few ministries, one a night, with the same sentences and other dates, hours, places and
counts; short notices of the same sort. Copies of either have a headline and a source line, changed words or numbers, misread letters,
paragraphs in another order, a third alone, a paragraph in a text of somebody else's, or several of these.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

SYLLABLES = [
    "ba",
    "be",
    "do",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "lo",
    "ma",
    "mi",
    "na",
    "ne",
    "ra",
    "ri",
    "ro",
    "sa",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "ul",
    "an",
    "er",
    "il",
    "or",
    "un",
    "ash",
    "eld",
]
PLAIN = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "on",
    "was",
    "that",
    "from",
    "with",
    "by",
    "at",
    "for",
    "near",
    "it",
    "its",
    "had",
    "not",
    "as",
    "they",
    "which",
    "later",
    "said",
    "after",
    "no",
    "between",
    "were",
    "this",
    "one",
]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEAPONS = ["small arms", "machine guns", "60 mm mortars", "82 mm mortars", "sniper rifles", "automatic grenade launchers"]
KINDS = ("framed", "words", "numbers", "misread", "reordered", "third", "embedded", "several")
REPORTS = (
    "On the night of {day} {month} units of the {other} armed forces opened fire with {weapon} from positions near {place} in the direction of {place}.",
    "From {hour} till {hour} the ceasefire was broken {count} times along the section {place} to {place}, and {count} rounds were counted.",
    "At {hour} a drone of the type {name}-{count} was seen over {place} and turned back after {count} minutes.",
    "As a result {count} houses and {count} outbuildings in {place} were damaged, and {count} inhabitants of {place} were taken to hospital.",
    "In answer the units of the {own} army silenced the firing points, and by {hour} of {day} {month} the fire had stopped.",
    "According to {name} {name}, head of the community of {place}, work in the fields near {place} had to be broken off at {hour}.",
)
FORMULAS = (
    "The Ministry of Defence of {own} states that the units of the {other} armed forces have once more grossly broken the regime of silence.",
    "The situation along the line remains under the full control of the units of the {own} army, which keep the necessary positions.",
    "The Ministry of Defence once more declares that the whole responsibility for the consequences lies with the leadership of {other}.",
    "We call on all media to use official information alone and to refrain from spreading reports that nobody has confirmed.",
    "The press service of the Ministry answers questions of journalists every working day and publishes its reports on its own page.",
)
SHORT = (
    "The Ministry of Defence of {own} reports that on {day} {month} at {hour} the positions near {place} came under fire of {weapon}; nobody was hurt.",
    "Between {hour} and {hour} the {other} side fired {count} rounds at {place}, the Ministry of Defence of {own} says.",
    "Nobody was hurt by the fire at {place} on {day} {month}, which lasted {count} minutes, the Ministry of Defence of {own} reports.",
)


@dataclass(frozen=True)
class Text:
    """`family` is the number of the origin that it repeats, or its own; `kind` is how it was changed, "" for one that is no copy."""

    text: str
    family: int
    kind: str
    publisher: str


class Writer:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = sorted({self.word() for _ in range(9000)})
        self.dice.shuffle(self.words)
        self.places = [self.word().capitalize() for _ in range(60)]
        self.ministries = [self.ministry() for _ in range(8)]

    def word(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.choice((1, 2, 2, 3, 3, 4))))

    def said(self) -> str:
        roll = self.dice.random()
        if roll < 0.4:
            return self.dice.choice(PLAIN)
        if roll < 0.44:
            return str(self.dice.randint(1, 400))
        if roll < 0.48:
            return self.dice.choice(self.places)
        return self.words[int(len(self.words) * self.dice.random() ** 3)]

    def sentence(self) -> str:
        told = " ".join(self.said() for _ in range(self.dice.randint(7, 22)))
        return told[0].upper() + told[1:] + "."

    def own(self, fewest: int, most: int) -> str:
        """Paragraphs of one to three sentences."""
        length, paragraphs, count = self.dice.randint(fewest, most), [], 0
        while count < length:
            paragraphs.append(" ".join(self.sentence() for _ in range(self.dice.randint(1, 3))))
            count = sum(len(each.split()) for each in paragraphs)
        return "\n\n".join(paragraphs)

    def ministry(self) -> tuple[str, str, list[str], list[str], list[str]]:
        """Its own choice of sentences, each with some words that are nobody else's."""
        dice = self.dice
        own, other = dice.sample(self.places, 2)
        formulas = [*dice.sample(FORMULAS, 3), self.sentence(), self.sentence()]
        forms = dice.sample(REPORTS, 4), formulas, dice.sample(SHORT, 2)
        reports, formulas, short = ([self.house_style(form) for form in each] for each in forms)
        return own, other, reports, formulas, short

    def house_style(self, form: str) -> str:
        words = form.split(" ")
        return " ".join(self.word() if word.isalpha() and word.islower() and self.dice.random() < 0.15 else word for word in words)

    def filled(self, form: str, own: str, other: str) -> str:
        dice, out = self.dice, form
        slots = {
            "{place}": lambda: dice.choice(self.places), "{hour}": lambda: f"{dice.randrange(24):02}:{dice.randrange(0, 60, 5):02}",
            "{count}": lambda: str(dice.randint(1, 60)), "{weapon}": lambda: dice.choice(WEAPONS), "{name}": lambda: self.word().capitalize(),
        }  # fmt: skip
        for slot, draw in slots.items():
            while slot in out:
                out = out.replace(slot, draw(), 1)
        return out.replace("{own}", own).replace("{other}", other)

    def communique(self, number: int) -> str:
        """One night's: two to four sentences with that night's figures between three to five formulas."""
        own, other, reports, formulas, _ = self.ministries[number % len(self.ministries)]
        day, month = str(self.dice.randint(1, 28)), self.dice.choice(MONTHS)
        told = reports[: self.dice.randint(2, 4)]
        closing = formulas[1 : self.dice.randint(3, 5)]
        parts = [formulas[0], *told, *closing]
        parts = [self.filled(part.replace("{day}", day).replace("{month}", month), own, other) for part in parts]
        return "\n\n".join((" ".join(parts[: 1 + len(told)]), " ".join(parts[1 + len(told) :])))

    def short(self, number: int) -> str:
        own, other, _, _, short = self.ministries[number % len(self.ministries)]
        form = self.dice.choice(short).replace("{day}", str(self.dice.randint(1, 28))).replace("{month}", self.dice.choice(MONTHS))
        return self.filled(form, own, other)

    # --- copies ---------------------------------------------------------------------------------------------------

    def framed(self, text: str) -> str:
        dice = self.dice
        headline = " ".join(self.said() for _ in range(dice.randint(4, 10))).capitalize()
        line = f"Source: {dice.choice(self.places)} Wire, {dice.randint(1, 28)} {dice.choice(MONTHS)}, {dice.randrange(24):02}:{dice.randrange(60):02}"
        return "\n\n".join(part for part in (headline if dice.random() < 0.8 else "", text, line if dice.random() < 0.8 else "") if part)

    def changed(self, text: str, share: float) -> str:
        """Words taken out, put in and put in the place of others; figures stay."""
        out = []
        for word in text.split(" "):
            roll = self.dice.random()
            if roll >= share or any(sign.isdigit() for sign in word):
                out.append(word)
            elif roll < share * 0.6:
                out.append(self.said())
            elif roll < share * 0.8:
                out += [word, self.said()]
        return " ".join(out)

    def renumbered(self, text: str, share: float) -> str:
        return " ".join(
            str(self.dice.randint(1, 99)) if word.isdigit() and self.dice.random() < share else word for word in text.split(" ")
        )

    def misread(self, text: str, share: float) -> str:
        letters = "abcdefghilmnoprstuv.,"
        return "".join(self.dice.choice(letters) if sign.isalpha() and self.dice.random() < share else sign for sign in text)

    def reordered(self, text: str) -> str:
        parts = text.split("\n\n")
        self.dice.shuffle(parts)
        return "\n\n".join(parts)

    def third(self, text: str) -> str:
        words = text.split(" ")
        return " ".join(words[: max(30, len(words) // 3)])

    def embedded(self, text: str) -> str:
        words = text.split(" ")
        length = min(len(words), self.dice.randint(35, 60))
        begin = self.dice.randint(0, len(words) - length)
        return "\n\n".join((self.own(40, 80), "They wrote: " + " ".join(words[begin : begin + length]), self.own(30, 60)))

    def copy(self, text: str, kind: str) -> str:
        dice = self.dice
        match kind:
            case "framed":
                return self.framed(text)
            case "words":
                return self.changed(text, dice.uniform(0.02, 0.1))
            case "numbers":
                return self.renumbered(text, 0.3)
            case "misread":
                return self.misread(text, dice.uniform(0.004, 0.02))
            case "reordered":
                return self.reordered(text)
            case "third":
                return self.third(text)
            case "embedded":
                return self.embedded(text)
            case _:
                return self.framed(self.misread(self.changed(self.reordered(text), 0.04), 0.005))


def planted(number: int, seed: int) -> list[Text]:
    """So many texts in the order of publication: a fifth of them copies of an earlier one, up to several hundred texts before."""
    writer = Writer(seed)
    dice, out = writer.dice, list[Text]()
    origins: list[tuple[int, str]] = []
    outlets = [f"Outlet {number}" for number in range(40)]
    for family in range(number):
        if origins and dice.random() < 0.2:
            origin, text = dice.choice(origins[-500:])
            kinds = [kind for kind in KINDS if kind != "embedded" or origin % 10 < 7]  # a formula that is taken over tells of no origin
            kind = dice.choice(kinds)
            others = [name for name in outlets if name != out[origin].publisher]
            out.append(Text(writer.copy(text, kind), origin, kind, dice.choice(others)))
            continue
        sort = family % 10
        if sort < 7:
            out.append(Text(writer.own(100, 200), family, "", dice.choice(outlets)))
            origins.append((family, out[-1].text))
        elif sort < 9:
            out.append(Text(writer.communique(family), family, "", f"Ministry {family % len(writer.ministries)}"))
            origins.append((family, out[-1].text))
        else:
            out.append(Text(writer.short(family), family, "", f"Ministry {family % len(writer.ministries)}"))
    return out
