from __future__ import annotations

import pytest

from etl.normalize.article import Kind

pytest.importorskip("pymorphy3", reason="pymorphy3, which inflects the names, is not installed")
from etl.normalize.countries.inflect import Inflector

INFLECTOR = Inflector()


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("Брисбен", "брисбене"),  # the dictionary knows only 'в Брисбне'
        ("Мармарис", "мармариса"),  # not in the dictionary
        ("Гуйлинь", "гуйлине"),
        ("Иньчуань", "иньчуани"),
        ("Новогрудок", "новогрудка"),
        ("Стратфорд-на-Эйвоне", "стратфорда-на-эйвоне"),
        ("Переславль-Залесский", "переславля-залесского"),
        ("Кызыл-Кия", "кызыл-кие"),
        ("Порт-о-Пренс", "порт-о-пренса"),
        ("Старый Оскол", "старого оскола"),
        ("Чусовой", "чусового"),
    ],
)
def test_a_town_is_inflected_as_the_news_does(lemma: str, expected: str) -> None:
    assert expected in {form.lower() for form in INFLECTOR.forms(lemma, Kind.CITY)}


def test_a_town_in_sk_has_no_form_that_is_the_adjective() -> None:
    assert "красноярском" not in INFLECTOR.forms("Красноярск", Kind.CITY)
