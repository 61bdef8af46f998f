"""The one door through which mail leaves the house."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from kompetisi.models import Pesan


def send_pesan(pesan: Pesan) -> None:
    """Send one message now. Raises OSError or SMTPException when the server does not take it.

    The key of the row is the Message-ID's local part, so that a message sent twice by a worker
    that died in between is one message to the reader's mail program.
    """
    link = f"{settings.SITE_URL}{pesan.tautan}" if pesan.tautan else ""
    body = render_to_string(
        "email/pesan.txt", {"pesan": pesan, "tautan": link, "situs": settings.SITE_URL}
    )
    EmailMessage(
        subject=" ".join(pesan.subjek.split()),
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[pesan.alamat],
        headers={"Message-ID": f"<pesan-{pesan.pk}@{settings.SITE_URL.partition('://')[2]}>"},
    ).send()
