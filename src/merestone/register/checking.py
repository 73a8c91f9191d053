"""The page HOW-TO-CHECK.txt of a bundle: for a reader of either side who believes neither the mission nor its program.

It claims no more than the proofs show, and says what they do not.
"""

from __future__ import annotations

from dataclasses import dataclass

_PAGE = """\
HOW TO CHECK THIS EDITION
=========================

Edition  {edition}, profile {profile}
Mission  {mission}
Key      {key}

You need not trust the mission, nor whoever gave you this file. What can be
checked offline is described here; what cannot is said at the end.


1. Get the mission's key by another way
---------------------------------------
The key above came with this file, so whoever could have altered the file could
have altered the key. Compare it with the one that the mission gives elsewhere:
on paper, on its own site, in an earlier edition, from somebody you know. If
they differ, stop here.


2. Check it with the program
----------------------------
    pip install merestone
    merestone verify {edition}-{profile}.zip --key "KEY"

KEY is the key from step 1. It needs no network and no mission, prints every step
that it takes, and ends with exit code 0 when all of them hold, 3 when one does
not. If you kept record/checkpoint of an earlier edition:

    merestone verify {edition}-{profile}.zip --key "KEY" --since OLD-CHECKPOINT


3. Check it without our program
-------------------------------
The formats are public; any tool that knows them will do.

a) record/checkpoint is a signed note (C2SP signed-note, tlog-checkpoint): the
   ledger's name, the number of its entries, the root of a Merkle tree over them
   (RFC 6962, SHA-256), and an Ed25519 signature by the key in record/key.
b) record/entries.jsonl holds {entries} entries of the ledger, one in a line: the
   position, the entry (canonical JSON, RFC 8785) and its inclusion proof. The
   hash of a leaf is SHA-256 of a zero byte followed by the entry's bytes.
c) The entry at position {published} is the act of publishing. Its field "files" has the
   SHA-256 of each file of this edition. Compare them:

       sha256sum *.html *.pdf *.docx *.csv *.geojson edition.json

d) record/consistency.json proves that the ledger of {frozen} entries, at which
   the edition was frozen, is the beginning of the ledger that was signed. The
   same size and root stand in edition.json under "checkpoint".
e) edition.json lists under "basis" on which entry each thing rests. An entry
   holds ids, codes, counts and hours. Words and names are in none: an entry
   only commits to them, so that they can be kept from those whom they would
   endanger.


What this shows
---------------
- These files, byte for byte, are those that the mission published.
- The entries given stand in the mission's ledger at the places given.
- Nothing in that ledger was altered or taken out between the freezing of the
  edition and the signed checkpoint; entries were only added.

What this does not show
-----------------------
- That what a claim says is so. A claim is what a source says. The ledger shows
  who put it on record and when, not that it happened.
- That the mission recorded everything that it received, or treated what one
  side said as it treated what the other said. Both sides' claims, the counts
  and the method are in the report so that you can judge that yourself.
- That it shows everybody the same ledger. Keep record/checkpoint, and compare
  it with what others hold: two checkpoints of one size with different roots
  prove that somebody was deceived.
- That the hours are right. They are those of the mission's own clock.
- That the edition was not taken back since. Ask the mission.
- That the key is the mission's, unless you did step 1.

In this profile: {profile_says}
{eyes}
"""
_SAYS = {
    "internal": "everything but what a captive said or is called. It is not meant to leave the house.",
    "public": "names of persons, words that no institution published, and positions of forces are\n"
    "withheld; claims are numbered anew, so their numbers are not those of the ledger; and entries\n"
    "are given for exhibits whose publisher is named and for decisions on incidents. Numbers such\n"
    "as ACC-002 in the entries stand for persons of the mission; their names are in no file here.",
}
_ONE = "\nFour eyes were not used: this mission has one person, who drafted and published this edition."
_TWO = "\nThe person who published this edition is not the one who drafted it; the entries show both numbers."


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page names. `entries` counts those in the bundle; `published` is a position, `frozen` a size."""

    edition: str
    profile: str
    mission: str
    key: str
    entries: int
    published: int
    frozen: int
    four_eyes: bool


def how_to_check(told: Checked) -> str:
    return _PAGE.format(
        edition=told.edition, profile=told.profile, mission=told.mission, key=told.key, entries=told.entries, published=told.published,
        frozen=told.frozen, profile_says=_SAYS[told.profile], eyes=_TWO if told.four_eyes else _ONE,
    )  # fmt: skip
