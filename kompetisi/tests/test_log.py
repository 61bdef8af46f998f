"""Log lines tell what happened without telling whom it happened to."""

import logging

import pytest

from kompetisi.log import DiscreetFormatter, ReferenceFilter

pytestmark = pytest.mark.fast


def line(message: str, *args) -> str:
    """One formatted record."""
    record = logging.LogRecord("uji", logging.INFO, "", 1, message, args, None)
    ReferenceFilter().filter(record)
    return DiscreetFormatter("%(rujukan)s %(message)s").format(record)


def test_addresses_are_left_out():
    assert line("gagal untuk %s", "dewi@semarang.go.id") == "- gagal untuk (surel)"


def test_a_message_cannot_fake_a_second_line():
    assert "\n" not in line("nama: %s", "x\nERROR masuk sebagai admin")


def test_quoted_rows_of_database_errors_are_left_out():
    formatter = DiscreetFormatter("%(message)s")
    text = "duplicate key\nDETAIL:  Key (nama)=(Dewi) already exists."
    try:
        raise ValueError(text)
    except ValueError as error:
        record = logging.LogRecord("uji", 40, "", 1, "galat", (), (ValueError, error, None))
    assert "Dewi" not in formatter.format(record)
