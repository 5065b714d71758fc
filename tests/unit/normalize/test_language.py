from __future__ import annotations

import pytest

from etl.normalize.language import LANGUAGES, detect

TEXTS = {
    "ru": "Министры обсудили строительство дороги и поставки электроэнергии на будущую зиму.",
    "ky": "Министрлер жолдун курулушун жана келерки кышка электр энергиясын жеткирүүнү талкуулашты.",
    "kk": "Министрлер жол құрылысын және келесі қысқа электр қуатын жеткізуді талқылады.",
    "tg": "Вазирон сохтмони роҳ ва таъмини нерӯи барқро барои зимистони оянда баррасӣ намуданд.",
    "uz": "Vazirlar yoʻl qurilishi va kelgusi qish uchun elektr energiyasi yetkazib berishni muhokama qildilar.",
    "en": "The ministers discussed the construction of the road and power supplies for the coming winter.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_known(language: str) -> None:
    assert detect("", TEXTS[language])[0] == language


def test_uzbek_is_known_in_cyrillic_too() -> None:
    assert (
        detect("", "Вазирлар йўл қурилиши ва келгуси қиш учун электр энергияси етказиб беришни муҳокама қилдилар.")[0]
        == "uz"
    )


def test_a_kyrgyz_name_does_not_make_a_russian_text_kyrgyz() -> None:
    text = (
        "Партия «Өзгөрүү» провела съезд в столице и выдвинула кандидатов на выборы в городской совет депутатов осенью."
    )
    assert detect("Партия выдвинула кандидатов", text + " " + TEXTS["ru"] * 3)[0] == "ru"


@pytest.mark.parametrize("text", ["", "12 345 678", "…"])
def test_a_text_without_words_is_undetermined(text: str) -> None:
    assert detect("", text)[0] == "und"


def test_confidence_is_a_probability() -> None:
    assert all(0.0 <= detect("", text)[1] <= 1.0 for text in TEXTS.values())
