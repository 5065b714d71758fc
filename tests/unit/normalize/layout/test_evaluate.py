from __future__ import annotations

from statistics import StatisticsError

import pytest

from etl.normalize.layout.evaluate import Score, flatten, mean_score, score_body


def test_equal_bodies_score_one() -> None:
    assert score_body("Мост открыли.", "Мост — открыли!") == Score(1.0, 1.0, 1.0)


def test_strange_bodies_score_nothing() -> None:
    assert score_body("дождь", "снег") == Score(0.0, 0.0, 0.0)


def test_tokens_are_counted_as_often_as_they_occur() -> None:
    assert score_body("вода вода вода лёд", "вода лёд") == Score(0.5, 1.0, pytest.approx(2 / 3))


def test_the_mean_is_over_pages() -> None:
    assert mean_score([Score(1.0, 0.0, 0.2), Score(0.0, 1.0, 0.4)]) == Score(0.5, 0.5, pytest.approx(0.3))


def test_no_pages_have_no_mean() -> None:
    with pytest.raises(StatisticsError):
        mean_score([])


def test_flattening_prints_a_line_a_block() -> None:
    html = (
        "<html><head><title>Сайт</title></head><body><nav><ul><li><a>Новости</a></li><li><a>Спорт</a></li></ul></nav>"
        "<h1>Мост <em>открыт</em></h1><script>var a = '<p>нет</p>'</script>"
        "<p>Первая<br>вторая</p><div>Третья</div></body></html>"
    )
    assert flatten(html) == "• Новости\n• Спорт\n\nМост открыт\n\nПервая\nвторая\n\nТретья"
