"""The normaliser that golden files are held against."""

from __future__ import annotations

import pytest

from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE


@pytest.fixture(scope="session")
def normalizer() -> Normalizer:
    return Normalizer.load(REFERENCE)
