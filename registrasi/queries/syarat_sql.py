"""Conditions of the form (kompetisi.rules.tampil) asked of the database, for whole lists.

A test holds these expressions to the rule: registrasi/tests/test_bersyarat.py.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from kompetisi.models import JenisDokumen, Kriteria, Pertanyaan
from kompetisi.rules.tampil import reference_of
from registrasi.models import JawabanNarasi, PenilaianMandiri

NEVER = Q(pk__in=[])


class Syarat:
    """What the entries of one track are asked, as conditions on the outer Pendaftaran."""

    def __init__(self, kriteria: Iterable[Kriteria], pertanyaan: Iterable[Pertanyaan]) -> None:
        self.known = {("kriteria", row.kode): row for row in kriteria}
        self.known |= {("pertanyaan", row.kode): row for row in pertanyaan}

    def asked(self, butir: Kriteria | Pertanyaan | JenisDokumen) -> Q:
        """That an entry is asked this item; ends, because a condition only looks back."""
        rule = butir.tampil_bila
        if not rule:
            return ~NEVER
        kind, kode = reference_of(rule)
        if kind == "isian":
            return self._own(rule)
        return Q(Exists(self._given(kind, kode, rule))) & self.asked(self.known[kind, kode])

    def _own(self, rule: dict) -> Q:
        """The entry's own field: connected ("ya") or not ("tidak")."""
        listed = set(rule.get("bernilai") or {"ya", "tidak"} - set(rule["bukan"]))
        fits = [value for value in (True, False) if ("ya" if value else "tidak") in listed]
        return Q(terhubung_lapor__in=fits)

    def _given(self, kind: str, kode: str, rule: dict):
        column = "tingkat" if kind == "kriteria" else "isi"
        model = PenilaianMandiri if kind == "kriteria" else JawabanNarasi
        rows = model.objects.filter(
            pendaftaran=OuterRef("pk"), **{f"{kind}_id": self.known[kind, kode].pk}
        )
        if "bernilai" in rule:
            return rows.filter(**{f"{column}__in": rule["bernilai"]})
        return rows.exclude(**{f"{column}__in": ["", *rule["bukan"]]})
