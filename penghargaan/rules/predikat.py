"""The words of an award, from the templates of the edition."""

from collections.abc import Mapping


def fill(template: str, values: Mapping[str, object]) -> str:
    """A template with its `{names}` replaced; what it does not know stays as written."""
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template


def predikat_of(
    templates: Mapping[str, str],
    values: Mapping[str, object],
    *,
    menang: bool,
    aspek: str = "",
    urutan_aspek: int = 0,
) -> str:
    """What a certificate says: one line for the award, a second for an aspect's."""
    first = fill(templates["pemenang" if menang else "daftar_pendek"], values)
    if not (menang and aspek and templates.get("aspek")):
        return first
    line = fill(templates["aspek"], {**values, "aspek": aspek, "peringkat": urutan_aspek})
    return f"{first}\n{line}"
