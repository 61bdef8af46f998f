"""The components of every page; docs/antarmuka.md shows each. Unknown arguments are an error."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kompetisi.templatetags import _lencana, _medan
from kompetisi.templatetags.angka import desimal, to_decimal
from kompetisi.templatetags.waktu import present
from kompetisi.tertahan import place, take

register = template.Library()

TONES = {"utama": "btn-primary", "biasa": "btn-biasa", "bahaya": "btn-danger"}
CARD_TONES = ("biasa", "baik", "perhatian", "tenggat")
URGENT = timedelta(days=7)


def _one_of(value: str, allowed: Iterable[str], name: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{name}={value!r}: choose from {', '.join(allowed)}")
    return value


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    text = (Path(settings.BASE_DIR) / "static" / "img" / "ikon.svg").read_text(encoding="utf-8")
    return dict(re.findall(r'<symbol id="([\w-]+)">(.*?)</symbol>', text, re.S))


@register.simple_tag
@lru_cache(maxsize=512)
def ikon(nama: str, *, label: str = "") -> SafeString:
    """An inline icon from static/img/ikon.svg; silent for screen readers unless labelled."""
    drawing = SafeString(_icons()[_one_of(nama, _icons(), "ikon")])
    if label:
        return format_html(
            '<svg class="ikon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            drawing,
        )
    return format_html('<svg class="ikon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
@lru_cache(maxsize=512)
def lencana(status: object, *, label: str = "") -> SafeString:
    """A status as a word with an icon."""
    word, tone, icon = _lencana.describe(status)
    return format_html(
        '<span class="lencana lencana-{}">{}{}</span>', tone, ikon(icon), label or word
    )


@register.inclusion_tag("components/kosong.html")
def kosong(
    judul: str, *, teks: str = "", ikon: str = "daftar", tautan: str = "", label_tautan: str = ""
) -> dict:
    """Nothing here yet: what comes and when."""
    return {
        "judul": judul,
        "teks": teks,
        "ikon": ikon,
        "tautan": tautan,
        "label_tautan": label_tautan,
    }


@register.inclusion_tag("components/meter.html")
def meter(*, nilai: object, maks: object, label: str, satuan: str = "") -> dict:
    """How much of a whole is done, in words and as a bar."""
    done, whole = to_decimal(nilai) or Decimal(0), to_decimal(maks) or Decimal(0)
    places = 0 if done == done.to_integral_value() else 2
    return {
        "nilai": f"{done:f}",
        "maks": f"{whole or Decimal(1):f}",
        "teks": f"{desimal(done, places)} dari {desimal(whole, 0)} {satuan}".strip(),
        "label": label,
        "penuh": bool(whole) and done >= whole,
    }


@register.inclusion_tag("components/langkah.html")
def langkah(daftar: Iterable[Mapping]) -> dict:
    """A list of tasks with the state of each; one that cannot be opened is no link."""
    return {"daftar": daftar}


@register.inclusion_tag("components/garis_waktu.html", takes_context=True)
def garis_waktu(context: template.Context, riwayat: Iterable) -> dict:
    """What happened and when, in the order given."""
    return {"riwayat": riwayat, "user": context.get("user")}


@register.inclusion_tag("components/kartu_angka.html")
def kartu_angka(
    label: str, *, nilai: object, tautan: str = "", keterangan: str = "", nada: str = "biasa"
) -> dict:
    """One number with its name; the whole card is the link."""
    tone = _one_of(nada, CARD_TONES, "nada")
    shown = nilai if isinstance(nilai, str) else desimal(nilai, 0)
    return {
        "label": label,
        "nilai": shown,
        "tautan": tautan,
        "keterangan": keterangan,
        "nada": tone,
    }


@register.inclusion_tag("components/halaman.html", takes_context=True)
def halaman(
    context: template.Context, page_obj: Page, request: object = None, *, param: str = "halaman"
) -> dict:
    """Links to the other pages of a list; the rest of the query string stays."""
    query = (request or context["request"]).GET.copy()
    query.pop(param, None)
    pages = page_obj.paginator
    kept = query.urlencode()
    numbers = pages.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "halaman": page_obj,
        "awalan": f"?{kept}&{param}=" if kept else f"?{param}=",
        "nomor": list(numbers),
        "jumlah": pages.count,
        "sela": pages.ELLIPSIS,
    }


@register.inclusion_tag("components/aksi.html")
def aksi(
    *,
    url: str,
    label: str,
    verdict: object = None,
    nada: str = "utama",
    ikon: str = "",
    kecil: bool = False,
    kunci: str = "",
) -> dict:
    """One act as a POST button; a refusing Verdict greys it and says why beside it."""
    return {
        "url": url,
        "label": label,
        "alasan": "" if verdict is None or verdict.ok else verdict.alasan,
        "boleh": verdict is None or verdict.ok,
        "kelas": TONES[_one_of(nada, TONES, "nada")],
        "ikon": ikon,
        "kecil": kecil,
        "kunci": kunci,
    }


@register.inclusion_tag("components/konfirmasi.html", takes_context=True)
def konfirmasi(
    context: template.Context,
    *,
    url: str,
    label: str,
    judul: str,
    teks: str = "",
    verdict: object = None,
    alasan: bool = False,
    form: object = None,
    tombol: str = "",
    nada: str = "bahaya",
    ikon: str = "",
    kunci: str = "",
) -> dict:
    """An act that asks first, opening in place; `form` or a required reason goes with it.

    What was typed in it before a session ended stands in it again.
    """
    request = getattr(context, "request", None)
    held = take(request) if request else None
    held = held if held and held.ke == url and not held.bound else None
    if held and alasan:
        held.placed.add("alasan")
    return {
        "url": url,
        "ke_konfirmasi": url,
        "isi_alasan": held.isian.get("alasan", "") if held else "",
        "label": label,
        "judul": judul,
        "teks": teks,
        "penolakan": "" if verdict is None or verdict.ok else verdict.alasan,
        "boleh": verdict is None or verdict.ok,
        "minta_alasan": alasan,
        "form": form,
        "terbuka": held is not None or bool(form is not None and form.is_bound and form.errors),
        "tombol": tombol or label,
        "kelas": TONES[_one_of(nada, TONES, "nada")],
        "ikon": ikon,
        "kunci": kunci,
    }


@register.inclusion_tag("components/medan.html", takes_context=True)
def medan(
    context: template.Context,
    field: BoundField,
    *,
    petunjuk: str = "",
    batas_kata: int = 0,
    kelas: str = "",
) -> dict:
    """One form field: label, hint, error in words, control, word counter.

    What was typed in it before a session ended stands in it again.
    """
    place(getattr(context, "request", None), field, context.get("ke_konfirmasi"))
    kind = _medan.kind_of(field)
    hint = petunjuk or field.help_text
    described = _medan.described_by(field, hint=hint, word_limit=batas_kata)
    return {
        "field": field,
        "jenis": kind,
        "petunjuk": hint,
        "batas_kata": batas_kata,
        "kelas": kelas,
        "penjelas": described,
        "pilihan": _medan.choices(field) if kind == "group" else [],
        "kendali": ""
        if kind == "group"
        else _medan.control(field, kind, hint=hint, word_limit=batas_kata),
    }


@register.inclusion_tag("components/galat_form.html")
def galat_form(form: object) -> dict:
    """What is wrong with a form, as links to the fields."""
    fields = [(f, message) for f in form for message in f.errors] if form.is_bound else []
    return {"umum": form.non_field_errors() if form.is_bound else [], "medan": fields}


@register.inclusion_tag("components/ringkasan.html")
def ringkasan(daftar: Iterable[Mapping]) -> dict:
    """Answers to check before sending."""
    return {"daftar": daftar}


@register.inclusion_tag("components/batang.html")
def batang(data: Iterable[Mapping], *, judul: str, satuan: str = "", desimal: int = 0) -> dict:
    """Horizontal bars: one table that carries both the picture and the numbers."""
    rows = [(row["label"], to_decimal(row["nilai"]) or Decimal(0)) for row in data]
    top = max((number for _, number in rows), default=Decimal(0)) or Decimal(1)
    return {
        "judul": judul,
        "satuan": satuan,
        "baris": [
            {
                "label": label,
                "teks": _number(number, desimal),
                "lebar": f"{max(number, Decimal(0)) * 100 / top:.2f}",
            }
            for label, number in rows
        ],
    }


def _number(number: Decimal, places: int) -> str:
    return desimal(number, places)


@register.simple_tag
def remah(*bagian: str) -> SafeString:
    """Breadcrumb: name, address, name, address, …, the name of this page."""
    if len(bagian) % 2 == 0:
        raise template.TemplateSyntaxError("remah takes name, address, …, and a last name")
    pairs = zip(bagian[:-1:2], bagian[1::2], strict=True)
    links = format_html_join("", '<li><a href="{1}">{0}</a></li>', pairs)
    return format_html(
        '<nav class="remah" aria-label="Remah jalan"><ol>{}'
        '<li aria-current="page">{}</li></ol></nav>',
        links,
        bagian[-1],
    )


@register.inclusion_tag("components/garis_tahap.html", takes_context=True)
def garis_tahap(context: template.Context, daftar: Iterable | None = None) -> dict:
    """Where the edition is and when that turns; nothing where no stages are known.

    On days when stages overlap each running one has its line; to somebody with work of their own
    in some of them, those alone.
    """
    now = present(context)
    stages = [_stage(item, now) for item in (daftar or context.get("tahap_list") or [])]
    running = [s for s in stages if s["state"] == "berjalan"]
    running = [s for s in running if s["milik"]] or running
    for number, stage in enumerate(stages, 1):
        stage["nomor"] = number
        stage["mendesak"] = stage["tenggat"] and stage["selesai"] - now <= URGENT
    return {
        "tahap": stages,
        "kini": running,
        "berikut": next((s for s in stages if s["state"] == "belum"), None),
        "user": context.get("user"),
        "sekarang": now,
    }


def _stage(item: object, now: datetime) -> dict:
    get = item.get if isinstance(item, Mapping) else lambda name: getattr(item, name, None)
    start, end = get("mulai"), get("selesai")
    state = get("state")
    if not state:
        state = "belum" if now < start else "berjalan" if now < end else "selesai"
    return {
        "nama": get("nama"),
        "mulai": start,
        "selesai": end,
        "state": str(state),
        "milik": bool(get("milik")),
        "tenggat": get("tenggat") is not False,
    }
