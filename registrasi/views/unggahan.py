"""Uploads in pieces, asked by a script: in the spirit of tus 1.0, answered in JSON.

POST to an entry's `unggahan/` begins one (201) or finds it again (200). At its own address HEAD
says how much has come, PATCH brings the next piece (`Upload-Offset`, `Upload-Checksum`), POST
finishes, DELETE gives up. Where a line lets no PATCH through, POST with `X-HTTP-Method-Override`
does the same.
"""

import base64
import binascii

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kompetisi.errors import (
    InvalidInputError,
    NotAllowedError,
    StaleVersionError,
    StorageAwayError,
)
from registrasi.actions.unggahan import (
    begin_unggahan,
    finish_unggahan,
    forget_unggahan,
    receive_potongan,
)
from registrasi.forms.jawaban import MAKS_BUKTI_MB
from registrasi.queries.formulir import dokumen_of
from registrasi.queries.pendaftaran import kriteria_of
from registrasi.queries.unggahan import unggahan_of
from registrasi.rules.unggahan import PIECE_MOST
from registrasi.views.berkas import show_one
from registrasi.views.doors import get_entry
from registrasi.views.isian import whole
from registrasi.views.simpan import answer

PIECE_TYPE = "application/offset+octet-stream"
DAMAGED_PIECE = 460  # tus: the checksum does not fit
RETRY_SECONDS = "15"
SIGN_IN = "Sesi Anda berakhir. Masuk lagi di tab lain, lalu tekan Lanjutkan."


def in_json(view):
    """Answer refusals in JSON, with the status that tells the script what to do next."""

    @login_not_required
    def guarded(request: HttpRequest, **arguments) -> HttpResponse:
        if not request.user.is_authenticated:
            return answer(401, pesan=SIGN_IN)
        try:
            return view(request, **arguments)
        except StaleVersionError as error:
            return with_offset(answer(409, pesan=error.alasan), error.rincian["diterima"])
        except StorageAwayError as error:
            response = answer(503, pesan=error.alasan)
            response["Retry-After"] = RETRY_SECONDS
            return response
        except InvalidInputError as error:
            code = DAMAGED_PIECE if "sidik" in error.rincian else 422
            return answer(code, pesan=error.alasan)
        except NotAllowedError as error:
            return answer(403, pesan=error.alasan)

    return guarded


def with_offset(response: HttpResponse, diterima: int) -> HttpResponse:
    """The answer, saying how many bytes have come."""
    response["Upload-Offset"] = str(diterima)
    return response


@in_json
@require_POST
def baru(request: HttpRequest, kode: str) -> JsonResponse:
    """Begin an upload to `tempat`, "dokumen:<kode>" or "bukti:<id of the criterion>"."""
    row = get_entry(request, kode)
    place, maks_mb = place_of(row, request.POST.get("tempat", ""))
    unggahan = begin_unggahan(
        pendaftaran=row,
        oleh=request.user,
        nama=request.POST.get("nama", ""),
        ukuran=size_of(request.POST.get("ukuran", "")),
        sha256=clean_digest(request.POST.get("sha256", "")),
        maks_mb=maks_mb,
        **place,
    )
    url = reverse("registrasi:unggahan", args=[unggahan.kode])
    code = 200 if unggahan.diterima else 201
    response = answer(code, url=url, diterima=unggahan.diterima, potongan=PIECE_MOST)
    response["Location"] = url
    return with_offset(response, unggahan.diterima)


def place_of(row, tempat: str) -> tuple[dict, int]:
    """Where in the entry a file goes, and its limit in megabytes; InvalidInputError for nowhere."""
    kind, _, name = tempat.partition(":")
    if kind == "dokumen" and (jenis := dokumen_of(row, name)):
        return {"jenis_dokumen": jenis}, jenis.maks_mb
    if kind == "bukti" and name.isdecimal() and (kriteria := kriteria_of(row, int(name[:18]))):
        return {"kriteria": kriteria}, MAKS_BUKTI_MB
    raise InvalidInputError("Tempat berkas ini tidak dikenal. Muat ulang halaman.")


def size_of(text: str) -> int:
    """The announced size in bytes; InvalidInputError for what is no whole number."""
    if not text.isdecimal():
        raise InvalidInputError(
            "Ukuran berkas tidak terbaca. Muat ulang halaman, lalu pilih berkasnya lagi."
        )
    return int(text[:18])


def clean_digest(text: str) -> str:
    """A SHA-256 in 64 hexadecimal digits, or ""."""
    text = text.strip().lower()
    known = len(text) == 64 and all(c in "0123456789abcdef" for c in text)
    return text if known else ""


@in_json
@require_http_methods(["GET", "HEAD", "PATCH", "POST", "DELETE"])
def unggahan(request: HttpRequest, token: str) -> HttpResponse:
    """One upload of the person's own."""
    row = get_object_or_404(unggahan_of(request.user), kode=token)
    method = request.method
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", "POST").upper()
    if method == "PATCH":
        return potongan(request, row)
    if method == "POST":
        return selesai(request, row)
    if method == "DELETE":
        forget_unggahan(row)
        return HttpResponse(status=204)
    response = answer(200, nama=row.nama, ukuran=row.ukuran, keadaan=row.keadaan, pesan=row.alasan)
    response["Upload-Length"] = str(row.ukuran)
    return with_offset(response, row.diterima)


def potongan(request: HttpRequest, row) -> HttpResponse:
    """Take the next piece: 204 with the new offset."""
    if request.content_type != PIECE_TYPE:
        return answer(415, pesan="Potongan berkas dikirim dengan jenis isi yang salah.")
    length = whole(request.headers.get("Content-Length"))
    if length > PIECE_MOST:
        return answer(413, pesan="Potongan berkas ini terlalu besar.")
    try:
        isi = request.body
    except RequestDataTooBig:
        return answer(413, pesan="Potongan berkas ini terlalu besar.")
    except UnreadablePostError:
        isi = b""
    if len(isi) != length:  # the line broke; nobody is there to read this
        return answer(400, pesan="Potongan berkas ini terputus.")
    begin = request.headers.get("Upload-Offset", "")
    if not begin.isdecimal():
        return answer(400, pesan="Upload-Offset harus bilangan cacah.")
    diterima = receive_potongan(
        unggahan=row,
        mulai=whole(begin),
        isi=isi,
        sha256=piece_digest(request.headers.get("Upload-Checksum", "")),
        oleh=request.user,
    )
    return with_offset(HttpResponse(status=204), diterima)


def piece_digest(header: str) -> bytes | None:
    """The digest in "sha256 <base64>"; None without one. InvalidInputError for a strange one."""
    if not header:
        return None
    name, _, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if name != "sha256" or len(digest) != 32:
        raise InvalidInputError("Sidik potongan ini tidak dapat dibaca.")
    return digest


def selesai(request: HttpRequest, row) -> HttpResponse:
    """Check the whole and attach it: the part of the page about this place, 422 when refused."""
    asked = row.jenis_dokumen or row.kriteria
    maks_mb = getattr(asked, "maks_mb", MAKS_BUKTI_MB)
    done = finish_unggahan(unggahan=row, maks_mb=maks_mb, oleh=request.user)
    return show_one(request, row.pendaftaran, asked, done.alasan)
