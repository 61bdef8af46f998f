"""The receipt as a file that is recognised when it is dropped on the page of checks."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kompetisi import clock
from registrasi.models import Pengiriman, SalinanTandaTerima
from registrasi.pdf import render_tanda_terima


def keep_tanda_terima(*, pengiriman: Pengiriman) -> SalinanTandaTerima:
    """The stored PDF of a receipt; made and stored durably the first time, the same ever after.

    A derived copy, so it leaves no record in the audit log. Two first readers at once get the same
    file. Raises OSError when the storage does not take it.
    """
    known = SalinanTandaTerima.objects.filter(pengiriman=pengiriman).first()
    if known:
        return known
    pdf = render_tanda_terima(pengiriman)
    kunci = default_storage.save(f"{pengiriman.nomor}.pdf", ContentFile(pdf))
    row, _ = SalinanTandaTerima.objects.get_or_create(
        pengiriman=pengiriman,
        defaults={
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "kunci": kunci,
            "dibuat_pada": clock.now(),
        },
    )
    return row
