"""The catalogue of all kinds of messages, read once from the files that KATALOG_PESAN names.

A file has two parts. `isian`: the places that its kinds share, each with what stands there and an
example. `pesan`: the kinds by their code, each with `nama`, `untuk`, `subjek`, `isi`, its places as
`wajib` (the text must have them) and `boleh`, its `sifat` and `tombol` (rules.naskah.JenisPesan
says what they mean) and, in `isian`, what it describes otherwise than the file.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.conf import settings

from kompetisi.rules.naskah import Isian, JenisPesan, faults_of

SIFAT = {"harus", "segera", "sekali", "tertutup"}
NEEDED = {"nama", "untuk", "subjek", "isi"}
KNOWN = NEEDED | {"sifat", "wajib", "boleh", "isian", "tombol"}


@cache
def katalog() -> Mapping[str, JenisPesan]:
    """Kind of message by its code, app by app. Raises ValueError for a file that is not sound."""
    found: dict[str, JenisPesan] = {}
    for name in settings.KATALOG_PESAN:
        text = Path(settings.BASE_DIR, name).read_text(encoding="utf-8")
        for jenis in read_katalog(text):
            if jenis.kode in found:
                raise ValueError(f"Message kind {jenis.kode} is listed twice.")
            found[jenis.kode] = jenis
    return MappingProxyType(found)


def find_jenis(kode: str) -> JenisPesan | None:
    """The kind with this code."""
    return katalog().get(kode)


class _Loader(yaml.SafeLoader):
    """YAML that refuses a name given twice, of which the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:  # noqa: FBT001, FBT002
        names = [key.value for key, _ in node.value]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))} is listed twice.")
        return super().construct_mapping(node, deep)


def read_katalog(text: str) -> list[JenisPesan]:
    """The kinds in a file, each with a sound text. Raises ValueError saying what is wrong where."""
    content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    if not isinstance(content, dict) or set(content) - {"isian"} != {"pesan"}:
        raise ValueError("A catalogue has the parts isian and pesan.")
    shared = content.get("isian") or {}
    kinds = [_kind(kode, given, shared) for kode, given in content["pesan"].items()]
    used = {name for jenis in kinds for name in jenis.isian}
    if idle := sorted(set(shared) - used):
        raise ValueError(f"No kind has the places {idle}.")
    return kinds


def _kind(kode: str, given: dict[str, Any], shared: dict[str, list[str]]) -> JenisPesan:
    if wrong := sorted(set(given) - KNOWN | NEEDED - set(given)):
        raise ValueError(f"{kode}: unknown or missing {wrong}.")
    texts = {name: given[name] for name in (*NEEDED, "tombol") if name in given}
    if wrong := sorted(name for name, text in texts.items() if not isinstance(text, str)):
        raise ValueError(f"{kode}: {wrong} is no text.")
    sifat = given.get("sifat", [])
    if wrong := sorted(set(sifat) - SIFAT):
        raise ValueError(f"{kode}: unknown sifat {wrong}.")
    jenis = JenisPesan(
        kode=kode,
        isian=_places(kode, given, {**shared, **given.get("isian", {})}),
        **{name: text.strip() for name, text in texts.items()},
        **dict.fromkeys(sifat, True),
    )
    if faults := faults_of(jenis, subjek=jenis.subjek, isi=jenis.isi):
        raise ValueError(f"{kode}: {faults}")
    return jenis


def _places(kode: str, given: dict[str, Any], described: dict[str, list[str]]) -> dict[str, Isian]:
    must, may = given.get("wajib", []), given.get("boleh", [])
    names = [*must, *may]
    if len(set(names)) < len(names) or set(names) - set(described):
        raise ValueError(f"{kode}: each place stands in wajib or boleh, and is described once.")
    if idle := sorted(set(given.get("isian", {})) - set(names)):
        raise ValueError(f"{kode}: describes {idle}, which it does not have.")
    if wrong := [name for name in names if [type(one) for one in described[name]] != [str, str]]:
        raise ValueError(f"{kode}: {wrong} is not described by two texts.")
    return {name: Isian(*described[name], wajib=name in must) for name in names}
