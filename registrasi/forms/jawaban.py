"""What an agency answers: its own assessment of each criterion, and the questions."""

import json
from collections.abc import Mapping

from django import forms
from django.utils.html import format_html

from kompetisi.models import Kriteria, Pertanyaan
from kompetisi.rules.tampil import reference_of
from registrasi.forms.isian import LinesField, QuietChoiceField, QuietLinesField
from registrasi.models import BuktiDukung, JawabanNarasi, PenilaianMandiri, Unggahan
from registrasi.queries.formulir import Formulir
from registrasi.rules.isian import check_jawaban
from registrasi.rules.pribadi import find_pribadi

LONG_NOTE = 4000
MAKS_BUKTI_MB = 10


class _Bersyarat(forms.Form):
    """Fields of criteria or questions, some of which are asked only under a condition.

    `formulir` is the whole form of the entry. A field whose condition looks at another field of
    the same page is hidden by the page as that one changes; any other by the server.
    """

    use_required_attribute = False

    def __init__(self, *args, formulir: Formulir, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.formulir = formulir

    def syarat(self, butir: Kriteria | Pertanyaan, sources: Mapping, *names: str) -> dict:
        """How the page treats the condition of one item; `sources` are the page's own fields.

        Gives {kata, sumber, nilai, bukan, sembunyi}. One with a mistake is never hidden.
        """
        rule = butir.tampil_bila
        if not rule:
            return {}
        sumber = sources.get(reference_of(rule), "")
        asked = butir in self.formulir.diminta.kriteria + self.formulir.diminta.pertanyaan
        return {
            "kata": self.formulir.syarat(rule),
            "sumber": sumber,
            "nilai": json.dumps(rule.get("bernilai") or rule["bukan"], ensure_ascii=False),
            "bukan": "bukan" in rule,
            "sembunyi": not (asked or sumber or any(self.errors.get(name) for name in names)),
        }


class MandiriForm(_Bersyarat):
    """The self-assessment of one group of criteria: level, note and evidence for each."""

    def __init__(self, *args, kriteria: list[Kriteria], mandiri: dict[int, PenilaianMandiri],
                 **kwargs) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kriteria_list = kriteria
        self.mandiri = mandiri
        for row in kriteria:
            self._add(row, mandiri.get(row.pk))

    def _add(self, kriteria: Kriteria, stored: PenilaianMandiri | None) -> None:
        key = f"k{kriteria.pk}"
        self.fields[f"{key}-tingkat"] = QuietChoiceField(
            label="Tingkat yang dicapai",
            widget=forms.RadioSelect,
            choices=[
                (t["kode"], format_html(
                    "<strong>{} · {}</strong><br>{}", t["kode"], t["nama"], t.get("jangkar", "")
                ))
                for t in kriteria.tingkat
            ],
            initial=stored.tingkat if stored else "",
            error_messages={"invalid_choice": "Pilih salah satu tingkat yang tersedia."},
        )  # fmt: skip
        self.fields[f"{key}-catatan"] = LinesField(
            label="Catatan",
            required=False,
            max_length=LONG_NOTE,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=stored.catatan if stored else "",
            help_text="Sebutkan halaman bukti atau hal yang perlu diketahui penilai.",
            error_messages={
                "max_length": f"Ringkaslah catatan menjadi paling banyak {LONG_NOTE} huruf."
            },
        )
        self.fields[f"{key}-bukti"] = forms.FileField(required=False, allow_empty_file=True)
        self.fields[f"{key}-versi"] = forms.IntegerField(
            initial=stored.versi if stored else 0,
            widget=forms.HiddenInput(attrs={"data-versi-medan": ""}),
        )

    def rows(
        self,
        bukti: dict[int, BuktiDukung],
        lama: dict[tuple, list[BuktiDukung]],
        unggahan: dict[tuple, Unggahan],
    ) -> list[dict]:
        """Each criterion with its fields, condition, file, earlier files and unfinished upload."""
        own = {("kriteria", k.kode): f"k{k.pk}-tingkat" for k in self.kriteria_list}
        return [
            {
                "kriteria": k,
                "tingkat": self[f"k{k.pk}-tingkat"],
                "catatan": self[f"k{k.pk}-catatan"],
                "unggah": self[f"k{k.pk}-bukti"],
                "versi": self[f"k{k.pk}-versi"],
                "bukti": bukti.get(k.pk),
                "lama": lama.get((None, k.pk), []),
                "unggahan": unggahan.get((None, k.pk)),
                "syarat": self.syarat(k, own, f"k{k.pk}-tingkat", f"k{k.pk}-catatan"),
                "pribadi": " dan ".join(find_pribadi(self[f"k{k.pk}-catatan"].value() or "")),
                "tersimpan": getattr(self, "bentrok", {}).get(k.pk),
            }
            for k in self.kriteria_list
        ]


class NarasiForm(_Bersyarat):
    """All questions; a text over its limit is refused and kept as typed."""

    def __init__(self, *args, jawaban: dict[int, JawabanNarasi], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pertanyaan_list = self.formulir.pertanyaan
        for p in self.pertanyaan_list:
            stored = jawaban.get(p.pk)
            self.fields[f"p{p.pk}"] = _answer_field(p, stored.isi if stored else "")
            self.fields[f"p{p.pk}-versi"] = forms.IntegerField(
                initial=stored.versi if stored else 0,
                widget=forms.HiddenInput(attrs={"data-versi-medan": ""}),
            )

    def clean(self) -> dict:
        """Hold every answer to its limit of words."""
        data = super().clean()
        for p in self.pertanyaan_list:
            verdict = check_jawaban(p, data.get(f"p{p.pk}") or "")
            if not verdict:
                self.add_error(f"p{p.pk}", verdict.alasan)
        return data

    def rows(self) -> list[dict]:
        """Each question with its fields and its condition."""
        own = {("pertanyaan", p.kode): f"p{p.pk}" for p in self.pertanyaan_list if p.pilihan}
        return [
            {
                "pertanyaan": p,
                "isi": self[f"p{p.pk}"],
                "syarat": self.syarat(p, own, f"p{p.pk}"),
                "versi": self[f"p{p.pk}-versi"],
                "pribadi": " dan ".join(find_pribadi(self[f"p{p.pk}"].value() or "")),
                "tersimpan": getattr(self, "bentrok", {}).get(p.pk),
            }
            for p in self.pertanyaan_list
        ]


def _answer_field(p: Pertanyaan, stored: str) -> forms.Field:
    """A choice, or a text area; required where it is drawn, yet it may stay empty in a draft."""
    shared = {
        "label": p.teks,
        "required": p.wajib,
        "initial": stored,
        "help_text": p.petunjuk,
    }
    if p.pilihan:
        return QuietChoiceField(
            widget=forms.RadioSelect,
            choices=[(text, text) for text in p.pilihan],
            error_messages={"invalid_choice": "Pilih salah satu jawaban yang tersedia."},
            **shared,
        )
    return QuietLinesField(widget=forms.Textarea(attrs={"rows": 8}), **shared)
