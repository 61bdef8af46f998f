"""The measurement of divisions keeps its promises when small, and notices broken ones."""

import pytest

from bench import bagi

pytestmark = pytest.mark.fast


def test_a_small_competition_breaks_no_promise(monkeypatch, capsys):
    monkeypatch.setattr(bagi, "SIZES", ((40, 12, 2),))
    assert bagi.run_bagi() == 0
    assert "Janji yang tidak dipenuhi: 0." in capsys.readouterr().out


def test_a_broken_promise_is_counted(monkeypatch):
    world = bagi.Dunia(40, 12, 2)
    hasil = world.divide()
    hasil.tambahan[0] = [hasil.tambahan[0][0]] * 2  # the same person twice
    assert bagi.counted(world, hasil, 0)[1] > 0
