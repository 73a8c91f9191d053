"""An edition with names and words in four scripts, of invented people and places: for the files that are set in type."""

from __future__ import annotations

from merestone.extract.terms import Casualties
from merestone.report import Edition
from merestone.report.masking import rewrite
from tests.report.invented import OR, VE, WIRE, Bundle, Paper, Told, edition

# what each name of the invented conflict is in this edition
NAMES = {
    "Amberley": "Şəfəqli Ağqaya",
    "Brockfen": "Верхний Лугодол",
    "Caldmoor": "Վերին Լույսաձոր",
    "Dunwick": "Dunwick",
    "Meridian Newswire": "Լրատու Միջօրեական",
    OR: "Военное ведомство Орсии",
    VE: "Veldarın Müdafiə İdarəsi",
}
SAID = (
    "Gecə İnciyə kəndinə atəş açılıb, ziyan 1 500 ₼ – Əmirə Öztürkova ğ ı İ ş ə.",
    "Ночью обстреляна деревня, ранены двое: «Мы всё видели», – сказал Щедрин, ёжась.",
    "Գիշերը կրակ է բացվել գյուղի ուղղությամբ․ «Մենք ամեն ինչ տեսանք»։",
    "Shots were heard near Dunwick, naïve coöperation, Łódź-like, œuvre, 12 × 3 ± 1 → done.",
)
FOUR = Bundle(
    papers=(
        Paper("az-1", (Told(SAID[0], harm=(Casualties("wounded", "VE", "civilian", 2, 4, 0, 9),)),), title="Müdafiə İdarəsinin məlumatı: Əsgər ölüb"),
        Paper("ru-1", (Told(SAID[1], by=OR, side="OR", place=1), Told("Мы не стреляли.", by=OR, side="OR", stance="denies", place=1)), publisher=OR,
              title="Сводка за сутки: обстрел и ответ"),
        Paper("hy-1", (Told(SAID[2], by=WIRE, speaker="media", side="none", place=2, role="at"),), publisher=WIRE, title="Գիշերային կրակոցներ",
              appeals=("Կոչ ենք անում դիտորդներ ուղարկել։",)),
        Paper("en-1", (Told(SAID[3], by=WIRE, speaker="media", side="none", place=3, role="at"),), publisher=WIRE, title="A quiet night, mostly",
              signed=("Səməd Vəlizadə", "Анна Щукина", "Արամ Լույսյան")),
    ),
    groups=(("az-1#1", "ru-1#1", "ru-1#2", "hy-1#1"),),
)  # fmt: skip


def in_four_scripts() -> Edition:
    """Not redacted yet."""

    def named(text: str) -> str:
        for name, told in NAMES.items():
            text = text.replace(name, told)
        return text

    return rewrite(edition(FOUR), named)
