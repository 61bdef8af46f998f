"""A run of the tests leaves other runs, and the demonstration, alone."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.mark.fast
def test_the_servers_of_the_tests_are_in_a_folder_that_is_thrown_away():
    assert Path(settings.DATA_DIR).parent == Path(tempfile.gettempdir())


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_counters_do_not_pass_from_test_to_test(turn):
    assert cache.get("hitungan") is None
    cache.set("hitungan", turn)
