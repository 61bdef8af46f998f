"""Uploaded files in S3-compatible storage, under the SHA-256 of their content.

STORAGE_URL is `s3://bucket/prefix?endpoint=https://…&region=…`; the keys come from the variables
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Putting an object is atomic and durable by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from kompetisi.storage import ASIDE, NAME, hash_of, name_for, sha256_in


class ObjectStorage(S3Storage):
    """Content-addressed objects, private to the application."""

    def __init__(self, *, url: str) -> None:
        parts = urlsplit(url)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        super().__init__(
            bucket_name=parts.netloc,
            location=parts.path.strip("/"),
            endpoint_url=query.get("endpoint"),
            region_name=query.get("region"),
            default_acl=None,
            file_overwrite=True,  # the same name is the same content
            querystring_auth=True,
        )

    def save(self, name, content, max_length=None) -> str:
        """Store the content and return its name."""
        if not hasattr(content, "chunks"):
            content = File(content, name)
        stored = name_for(hash_of(content))
        self._save(stored, content)  # also what is there: its date says that it is in use
        content.seek(0)
        return stored

    def save_as(self, name: str, content: bytes) -> None:
        """Store bytes under a name of our own, in place of what was there."""
        self._save(name, ContentFile(content))

    def discard(self, folder: str) -> None:
        """Forget all that was stored under a folder of our own names."""
        prefix = f"{self._normalize_name(folder)}/"
        self.bucket.objects.filter(Prefix=prefix).delete()

    def stored(self) -> Iterator[tuple[str, float]]:
        """All contents: name, and when it was last saved (seconds since 1970)."""
        root = self._normalize_name("")
        for item in self.bucket.objects.filter(Prefix=root):
            name = item.key.removeprefix(root).lstrip("/")
            if NAME.fullmatch(name):
                yield name, item.last_modified.timestamp()

    def set_aside(self, name: str, before: datetime) -> bool:
        """Move a content that no row names out of the way; false when it was saved meanwhile."""
        source = self.bucket.Object(self._normalize_name(name))
        if source.last_modified >= before:
            return False
        target = self.bucket.Object(self._normalize_name(f"{ASIDE}/{sha256_in(name)}"))
        target.copy_from(CopySource={"Bucket": self.bucket_name, "Key": source.key})
        source.delete()
        return True

    def forget(self, name: str) -> None:
        """Remove for good what was moved out of the way."""
        self.bucket.Object(self._normalize_name(f"{ASIDE}/{sha256_in(name)}")).delete()

    def sweep(self, before: datetime, folder: str, folder_before: datetime) -> int:
        """Remove what lies in a folder of names of our own since before `folder_before`.

        Half-written objects do not exist here.
        """
        items = self.bucket.objects.filter(Prefix=f"{self._normalize_name(folder)}/")
        old = [item for item in items if item.last_modified < folder_before]
        for item in old:
            item.delete()
        return len(old)

    def check_ready(self) -> None:
        """Ask for the bucket. Raises botocore's errors when it does not serve."""
        self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def url(self, name, *args, **kwargs) -> str:
        """Uploaded files have no public address: views serve them by permission."""
        raise ValueError("Berkas unggahan hanya disajikan melalui halaman yang memeriksa izin.")
