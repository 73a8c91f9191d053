"""Nobody is detained where a thing was taken, and whoever takes arms goes forward nowhere; people beside the thing are taken all the same."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OTHER, SIDES, read

THINGS = [
    ("en", "On 5 May {A} soldiers seized two machine guns and a mortar."),
    ("en", "On 5 May two machine guns were seized at Sarnby."),
    ("en", "On 5 May our guards took away 14 crates of ammunition."),
    ("en", "On 5 May three armoured vehicles were captured by our units."),
    ("en", "On 5 May our men seized the weapons that the other side had left."),
    ("en", "The {A} guns that our men had seized were shown on 5 May."),
    ("ru", "5 мая орудия {A}ой армии, которые захватили наши бойцы, показали журналистам."),
    ("ru", "5 мая {A}ие солдаты захватили два пулемёта и миномёт."),
    ("ru", "5 мая у Сарнбю были захвачены два пулемёта."),
    ("ru", "Два пулемёта захватили 5 мая {A}ие солдаты."),
    ("ru", "5 мая наши пограничники задержали грузовик."),
    ("ru", "5 мая наши бойцы захватили беспилотник у Сарнбю."),
    ("hy", "Մայիսի 5-ին {A} զինվորները գրավել են երկու գնդացիր և ականանետ։"),
    ("hy", "Մայիսի 5-ին մեր սահմանապահները բռնել են բեռնատար։"),
    ("hy", "Մայիսի 5-ին մեր ուժերը գրավել են երեք զրահամեքենա։"),
    ("az", "Mayın 5-də {A} əsgərləri iki pulemyot və minaatan ələ keçirib."),
    ("az", "Mayın 5-də iki pulemyot ələ keçirilib."),
    ("az", "Mayın 5-də bölmələrimiz üç zirehli maşını ələ keçirib."),
    ("az", "Mayın 5-də əsgərlərimiz dron ələ keçirib."),
]
PEOPLE = [
    ("en", "On 5 May {A} soldiers detained three lorries and their drivers.", 0),
    ("en", "On 5 May a fishing boat was detained with six fishermen on board.", 6),
    ("en", "On 5 May {A} units captured two tanks and eleven soldiers.", 11),
    ("en", "On 5 May {A} soldiers detained the boat's owner.", 0),
    ("en", "On 5 May {A} troops took him from his house.", 0),
    ("en", "On 5 May our guards detained two saboteurs carrying explosives and maps.", 2),
    ("ru", "5 мая {A}ие пограничники задержали лодку с шестью рыбаками.", 6),
    ("ru", "5 мая {A}ие бойцы захватили два танка и одиннадцать солдат.", 0),
    ("ru", "5 мая двое диверсантов со взрывчаткой были задержаны.", 2),
    ("hy", "Մայիսի 5-ին {A} զինվորները գերեվարել են երկու տանկ և տասնմեկ զինվոր։", 0),
    ("hy", "Մայիսի 5-ին մեր սահմանապահները բռնել են նավակի տիրոջը։", 0),
    ("az", "Mayın 5-də {A} sərhədçiləri altı balıqçı ilə qayığı saxlayıb.", 6),
    ("az", "Mayın 5-də üç əsgər maşınla birlikdə əsir götürülüb.", 3),
]
FORWARD = [
    ("en", "On 5 May {A} forces captured Sarnby and four tanks."),
    ("ru", "5 мая {A}ие подразделения на трёх танках заняли высоту у Сарнбю."),
    ("hy", "Մայիսի 5-ին {A} ուժերը գրավել են Սարնբին և չորս տանկ։"),
    ("az", "Mayın 5-də {A} qüvvələri Sarnbini və dörd tankı ələ keçirib."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), THINGS)
def test_a_thing_is_not_detained(side: str, language: str, text: str) -> None:
    assert read(language, text.format(A=ADJECTIVES[side][language]), MOD[side]) == ()


@SIDES
@pytest.mark.parametrize(("language", "text", "least"), PEOPLE)
def test_people_beside_a_thing_are_taken(side: str, language: str, text: str, least: int) -> None:
    told = read(language, text.format(A=ADJECTIVES[side][language]), MOD[OTHER[side]])
    assert [c.kind for c in told] == ["detention"]
    assert sum(figure.min or 0 for figure in told[0].casualties) >= least


@SIDES
@pytest.mark.parametrize(("language", "text"), FORWARD)
def test_who_takes_a_place_goes_forward_whatever_else_he_takes(side: str, language: str, text: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[side][language]), MOD[OTHER[side]])
    assert [(c.kind, c.initiator) for c in told] == [("advance", side)]


WORK = ["təmir işləri", "axtarış", "yanğınla mübarizə", "danışıqlar"]


@SIDES
@pytest.mark.parametrize("work", WORK)
def test_who_carries_out_work_takes_nobody(side: str, work: str) -> None:
    assert read("az", f"Mayın 5-də {ADJECTIVES[side]['az']} əsgərləri {work} aparıblar.", MOD[OTHER[side]]) == ()
