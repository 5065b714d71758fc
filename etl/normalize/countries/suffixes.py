"""The endings that a name takes in languages that add them one after another: plural, possession, case.

A name of these languages is matched by its stem; what is left of the word must be endings. Vowel harmony is not
checked: no other word of these languages begins with a country's name and goes on with another harmony's ending.
"""

from __future__ import annotations

import re

_KYRGYZ = (
    "(?:[длт][ыиуү]к)?(?:[длт][аеоө]р)?(?:с?[ыиуү])?"
    "(?:[ндт][ыиуү]н?|[гкн][аеоө]|[дтн][аеоө]н?|[дт][аеоө]г[ыиуү](?:л[аеоө]р)?(?:н[ыиуү]н?)?|ч[аеоө])?"
)
_KAZAKH = (
    "(?:[длт][ыі][қк])?(?:[длт][ае]р)?(?:с?[ыі])?"
    "(?:[ндт][ыі]ң?|[ғгқкн][ае]|[дтн][ае]н?|[дт][ае][ғг][ыі](?:л[ае]р)?|[мбп]ен|ш[ае])?"
)
_KAZAKH_LATIN = (
    "(?:[dlt][yiı][qk])?(?:[dlt][ae]r)?(?:s?[yiı])?"
    "(?:[ndt][yiı][ńñnŋ]?g?|[ğǵgqkn][ae]|[dtn][ae]n?|[dt][ae][ğǵg][yiı]|[mbp]en|[şs]h?[ae])?"
)
_UZBEK = "(?:lik)?(?:lar)?(?:s?i(?:miz)?)?(?:ning|ga(?:cha)?|[kq]a|ni|da(?:n|gi(?:lar)?)?|cha)?"
_UZBEK_CYRILLIC = "(?:лик)?(?:лар)?(?:с?и(?:миз)?)?(?:нинг|га(?:ча)?|[кқ]а|ни|да(?:н|ги(?:лар)?)?|ча)?"
_TAJIK = "(?:(?:и[её]н|ҳо|он|гон)и?|и|ӣ|ии|й|ю|ву|у)?(?:ро)?(?:ю|у)?"

# The whole rest of a word, by language. Russian and English forms are all in the gazetteer.
SUFFIXES = {
    "ky": re.compile(_KYRGYZ),
    "kk": re.compile(f"{_KAZAKH}|{_KAZAKH_LATIN}"),
    "uz": re.compile(f"{_UZBEK}|{_UZBEK_CYRILLIC}"),
    "tg": re.compile(_TAJIK),
}
