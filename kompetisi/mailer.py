"""The one door through which mail leaves the house."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from kompetisi.models import Pesan
from kompetisi.rules.berhenti import tanda_of
from kompetisi.rules.katalog import find_jenis


def send_pesan(pesan: Pesan) -> None:
    """Send one message now. Raises OSError or SMTPException when the server does not take it.

    The number of the row is the Message-ID's local part, so that a message sent twice by a worker
    that died in between is one message to the reader's mail program, and a report of a bounce
    says which it was.
    """
    mail = EmailMultiAlternatives(
        subject=" ".join(pesan.subjek.split()),
        from_email=settings.PANTULAN_EMAIL,
        to=[pesan.alamat],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": message_id(pesan),
            "Auto-Submitted": "auto-generated",  # no holiday notes to an address nobody reads
            **stop_headers(stop_address(pesan)),
        },
    )
    mail.body, html = bodies_of(pesan)
    mail.attach_alternative(html, "text/html")
    mail.send()


def message_id(pesan: Pesan) -> str:
    """The name of this message in the world of mail."""
    return f"<pesan-{pesan.pk}@{settings.SITE_URL.partition('://')[2]}>"


def stop_address(pesan: Pesan) -> str:
    """Where the reader of a message stops its kind; "" for one that is always sent."""
    jenis = find_jenis(pesan.jenis)
    if jenis is None or jenis.harus or pesan.kepada_id is None:
        return ""
    tanda = tanda_of(pesan.kepada_id, jenis.kode)
    return f"{settings.SITE_URL}{reverse('publik:berhenti', args=[tanda])}"


def stop_headers(address: str) -> dict[str, str]:
    """What lets a mail program offer to stop it (RFC 2369), over TLS with one press (RFC 8058)."""
    if not address:
        return {}
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def bodies_of(pesan: Pesan) -> tuple[str, str]:
    """The letter as plain text and as simple HTML made of the same text, escaped."""
    jenis = find_jenis(pesan.jenis)
    context = {
        "subjek": pesan.subjek,
        "nama": pesan.kepada.nama if pesan.kepada else "",
        "isi": pesan.isi,
        "tautan": f"{settings.SITE_URL}{pesan.tautan}" if pesan.tautan else "",
        "situs": settings.SITE_URL,
        "tombol": jenis.tombol if jenis else "",
        "berhenti": stop_address(pesan),
    }
    return render_to_string("email/dasar.txt", context), render_to_string(
        "email/dasar.html", context
    )
