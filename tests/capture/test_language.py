"""Languages are told by script, letters, small words and, at last, statistics; what cannot be told is unknown."""

from __future__ import annotations

import pytest

from merestone.capture.dates import from_pdf, iso
from merestone.capture.language import language_code, language_of
from merestone.capture.terms import Known, Unknown

SENTENCES = {
    "en": "Both sides opened fire near Tarn, the ministry said.",
    "hy": "Նախարարությունը հայտնեց կրակի մասին։",
    "ka": "სამინისტრომ განაცხადა ცეცხლის შესახებ.",
    "ru": "Министерство сообщило, что по позициям у села был открыт огонь.",
    "uk": "Міністерство повідомило, що позиції біля села обстріляли.",
    "az": "Nazirlik bildirib ki, kənd yaxınlığında mövqelər atəşə tutulub.",
    "tr": "Bakanlık, köyün yakınındaki mevzilere ateş açıldığını ve iki askerin yaralandığını söyledi.",
    "fa": "وزارت گفت که به مواضع نزدیک روستا تیراندازی شد و چند سرباز زخمی شدند.",
    "ar": "قالت الوزارة إن النار أطلقت على مواقع قرب القرية وأصيب جنديان.",
    "fr": "Le ministère a dit que des tirs ont visé les positions près du village.",
    "de": "Das Ministerium sagte, dass auf die Stellungen bei dem Dorf geschossen wurde.",
    "el": "Το υπουργείο ανακοίνωσε πυρά.",
    "he": "המשרד הודיע על ירי.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough(code: str) -> None:
    assert language_of(SENTENCES[code]) == Known(code, "text")


WITHOUT_MARKS = {  # typed on a keyboard that lacks a language's own letters
    "az": "Dunen gece kendimize pulemyotla ates acilib. Iki ev zedelenib, bir nefer yaralanib. Qonsum deyir ki, esgerler yene gelecekler. "
    "Nazirlik bildirib ki, hemin saatda bizim terefden bir gulle de atilmayib. Kend camaati bu barede hec ne demir.",
    "tr": "Dun gece koyumuze makineli tufekle ates acildi. Iki ev hasar gordu, bir kisi yaralandi. Komsum askerlerin yine gelecegini "
    "soyluyor. Bakanlik o saatte bizim taraftan tek kursun atilmadigini acikladi. Koy halki bu konuda bir sey soylemiyor.",
}


@pytest.mark.parametrize("code", WITHOUT_MARKS)
def test_texts_without_the_letters_of_a_language_are_told_apart(code: str) -> None:
    assert language_of(WITHOUT_MARKS[code]) == Known(code, "text")


@pytest.mark.parametrize("words", ["", "12 34 — 5", "OK", "Tarn Alvar Kessim"])
def test_what_cannot_be_told_is_unknown(words: str) -> None:
    assert isinstance(language_of(words), Unknown)


def test_the_language_of_most_of_a_text_counts() -> None:
    assert language_of(SENTENCES["en"] * 5 + SENTENCES["hy"]) == Known("en", "text")
    assert language_of(SENTENCES["hy"] * 5 + SENTENCES["en"]) == Known("hy", "text")


@pytest.mark.parametrize(
    ("stated", "code"), [("EN", "en"), ("en-GB", "en"), ("rus", "ru"), ("Turkish", "tr"), ("??", None), ("", None), ("engl!sh", None)]
)
def test_codes_are_read_as_people_write_them(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2031-05-17", "2031-05-17"),
        ("2031-05-17T05:10-02:00", "2031-05-17T05:10-02:00"),
        ("2031-05-17 05:10:07Z", "2031-05-17T05:10:07+00:00"),
        ("2031-05-17T05:10:00.123+0400", "2031-05-17T05:10+04:00"),
        ("Sat, 17 May 2031 05:10:00 -0200", "2031-05-17T05:10-02:00"),
        ("17.05.2031", "2031-05-17"),
        ("2031-02-30", None),
        ("2031-05-17T25:00", None),
        ("2031", None),
        ("17/05/2031", None),
        ("", None),
    ],
)
def test_dates_are_read_and_never_guessed(given: str, expected: str | None) -> None:
    assert iso(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("D:20310517034000+04'00'", "2031-05-17T03:40+04:00"),
        ("D:20310517034001Z", "2031-05-17T03:40:01+00:00"),
        ("D:20310517", "2031-05-17"),
        ("D:2031", None),
        ("junk", None),
    ],
)
def test_pdf_dates(given: str, expected: str | None) -> None:
    assert from_pdf(given) == expected
