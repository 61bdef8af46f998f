"""Text of one line stays on one line."""

import pytest
from django import forms

from kompetisi.forms.medan import BarisField

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Budi\nSantoso", "Budi Santoso"),
        ("  Budi \t Santoso\r\n", "Budi Santoso"),
        ("Budi\x07\x1bSantoso", "BudiSantoso"),
        ("Budi\u202eSantoso\u2028", "BudiSantoso"),
        ("Ny. I Gusti Ayu Ñ. 😀", "Ny. I Gusti Ayu Ñ. 😀"),
    ],
)
def test_breaks_and_control_characters_do_not_stay(typed, kept):
    assert BarisField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["\n", "\x07", "Budi\x00", ""])
def test_nothing_to_read_and_null_are_refused(typed):
    with pytest.raises(forms.ValidationError):
        BarisField().clean(typed)
