"""How allauth's mails leave: written down first, like every other message."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter

from kompetisi.actions.antrean import queue_pesan


class AccountAdapter(DefaultAccountAdapter):
    """Queues mails instead of sending them inside the request."""

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Render the text (templates/account/email) and queue it; every call is an occasion."""
        message = self.render_mail(template_prefix, email, context)
        queue_pesan(
            kunci=f"akun:{secrets.token_hex(12)}",
            jenis=f"akun.{template_prefix.rpartition('/')[2]}",
            subjek=message.subject,
            isi=message.body,
            alamat=email,
        )
