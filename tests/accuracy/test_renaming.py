"""What is read does not hang on how long a name is: the names of two parties, and of their villages, never have the same length."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from merestone.capture import load_pack
from merestone.capture.terms import Pack
from merestone.report import symmetry_compare as compare
from tests.accuracy import corpora
from tests.accuracy.corpora import Document
from tests.accuracy.renaming import Renaming, inflected

PLACES = (
    "Keldholt",
    "Brask",
    "Brasca",
    "Harrowdal",
    "Montasse",
    "Vauride",
    "Vorden",
    "Fontarelle",
    "Hollin",
    "Belcorre",
    "Ternmoor",
    "Sorrelle",
)
TEACHING = {
    "one short, one long": {"Veldar": "Ul", "Orsay": "Konstantinopolia"},
    "one long, one short": {"Veldar": "Konstantinopolia", "Orsay": "Ul"},
    "both short": {"Veldar": "Umi", "Orsay": "Oru"},
    "both long": {"Veldar": "Veldarmannaheim", "Orsay": "Orsayalucconessee"},
    "short places": {name: name[:3] + name[-2] for name in PLACES},
    "long places": {name: f"{name}mannaheim" for name in PLACES},
}


def differences(documents: Sequence[Document], pack: Pack, words: Mapping[str, str]) -> list[compare.Difference]:
    renaming = Renaming(words)
    others = []
    for document in documents:
        publisher = {"publisher": renaming.text(document["publisher"])} if "publisher" in document else {}
        others.append({**document, **publisher, "text": renaming.text(document["text"])})
    assert others != list(documents)
    with tempfile.TemporaryDirectory() as folder:
        before = corpora.run(documents, pack, Path(folder))
        after = corpora.run(others, renaming.pack(pack), Path(folder))
    return list(compare.readings(before, after, renaming))


@pytest.mark.parametrize("stems", TEACHING.values(), ids=TEACHING)
def test_the_teaching_documents_read_the_same_with_names_of_any_length(stems: dict[str, str]) -> None:
    assert len(set(stems.values())) == len(stems)
    assert differences(corpora.teaching(), load_pack("teaching"), inflected(stems)) == []


@pytest.mark.parametrize(
    ("one", "other"), [("Ula", "Konstantinopolima"), ("Konstantinopolia", "Ulo"), ("Armeniagoriania", "Azerbaijanomirasta")]
)
def test_the_shared_documents_read_the_same_with_names_of_any_length(shared: Path, one: str, other: str) -> None:
    words = {"Armenia": one, "Armenian": one + "n", "Armenians": one + "ns", "Azerbaijan": other, "Azerbaijani": other + "ni"}
    words |= {"Azerbaijanis": other + "nis", "Azeri": other + "ri", "Azeris": other + "ris"}
    documents = [*corpora.gold(shared / "gold"), *corpora.seeds(shared / "seeds")]
    documents = [{key: value for key, value in document.items() if key != "url"} for document in documents]
    assert differences(documents, load_pack("armenia-azerbaijan"), words) == []
