"""How allauth's mails leave: as rows of the outbox, with the texts of the catalogue."""

import secrets
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.rules.katalog import katalog
from kompetisi.templatetags.waktu import wib

# What allauth calls a mail, and the kind of message it is here.
KINDS = {
    "account/email/email_confirmation": "surel_bukti",
    "account/email/email_confirmation_signup": "surel_bukti",
    "account/email/account_already_exists": "akun_sudah_ada",
    "account/email/unknown_account": "akun_tidak_ada",
    "account/email/password_reset_key": "sandi_atur_ulang",
    "account/email/password_reset": "sandi_diatur_ulang",
    "account/email/password_changed": "sandi_diubah",
    "account/email/password_set": "sandi_dibuat",
    "account/email/email_confirm": "surel_terbukti",
    "account/email/email_changed": "surel_diubah",
    "account/email/email_deleted": "surel_dihapus",
    "mfa/email/recovery_codes_generated": "kode_pemulihan",
    "mfa/email/totp_activated": "autentikator_aktif",
    "mfa/email/totp_deactivated": "autentikator_nonaktif",
    "mfa/email/webauthn_added": "kunci_ditambahkan",
    "mfa/email/webauthn_removed": "kunci_dihapus",
    "socialaccount/email/account_connected": "penyedia_tersambung",
    "socialaccount/email/account_disconnected": "penyedia_terputus",
}
LINKS = ("activate_url", "password_reset_url", "signup_url")  # where a mail leads: the first it has


class AccountAdapter(DefaultAccountAdapter):
    """Queues mails instead of sending them inside the request."""

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """As allauth's, which does not say whom a notice is for."""
        context = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue the message of this kind; every call is an occasion. Raises KeyError for others.

        A notice to the address that its person has is in the application too; a secret link is
        nowhere but in the mail.
        """
        kind = katalog()[KINDS[template_prefix]]
        user = context.get("user")
        own = user is not None and user.email.lower() == email.lower() and not kind.sekali
        facts = facts_of(email, context)
        queue_pesan(
            kunci=f"akun:{secrets.token_hex(12)}",
            jenis=kind.kode,
            isian={name: facts[name] for name in kind.isian},
            kepada=user if own else None,
            alamat=email,
            tautan=next((path_of(context[name]) for name in LINKS if name in context), ""),
        )


def facts_of(email: str, context: dict) -> dict[str, str]:
    """What allauth says about the occasion, by the places of our texts."""
    return {
        "alamat": email,
        "lama": context.get("from_email") or context.get("deleted_email", ""),
        "baru": context.get("to_email", ""),
        "waktu": wib(clock.now()),
        "ip": context.get("ip", ""),
        "peramban": context.get("user_agent", ""),
        "penyedia": getattr(context.get("provider"), "name", ""),
    }


def path_of(url: str) -> str:
    """The address within the site; the host is ours, whatever the request said."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
