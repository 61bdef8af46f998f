"""Uploaded files in S3-compatible storage, under the SHA-256 of their content.

STORAGE_URL is `s3://bucket/prefix?endpoint=https://…&region=…`; the keys come from the variables
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Putting an object is atomic and durable by itself.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.core.files.base import File
from storages.backends.s3 import S3Storage

from kompetisi.storage import hash_of, name_for


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
        if not self.exists(stored):
            self._save(stored, content)
            content.seek(0)
        return stored

    def check_ready(self) -> None:
        """Ask for the bucket. Raises botocore's errors when it does not serve."""
        self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def url(self, name, *args, **kwargs) -> str:
        """Uploaded files have no public address: views serve them by permission."""
        raise ValueError("Berkas unggahan hanya disajikan melalui halaman yang memeriksa izin.")
