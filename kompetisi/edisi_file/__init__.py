"""The edition file: reading, checking and comparing it. No database, no models.

`read_edisi(source)` is the way in. docs/edisi.md describes the file for its authors.
"""

import hashlib
from dataclasses import dataclass

from kompetisi.edisi_file.changes import Change, diff, show_value
from kompetisi.edisi_file.checks import check_all
from kompetisi.edisi_file.content import ATURAN, EDISI, Content, Path, Row, content_of, plain
from kompetisi.edisi_file.nodes import MAX_BYTES, read_node
from kompetisi.edisi_file.problems import EdisiFileError, Place, Problem, Problems
from kompetisi.edisi_file.schema import read_sections

__all__ = [
    "ATURAN",
    "EDISI",
    "MAX_BYTES",
    "Change",
    "Content",
    "EdisiFile",
    "EdisiFileError",
    "Path",
    "Place",
    "Problem",
    "Row",
    "diff",
    "plain",
    "read_edisi",
    "show_value",
]


@dataclass(frozen=True)
class EdisiFile:
    """A file without mistakes: its edition's code and zone, its rows, and its SHA-256."""

    kode: str
    zona: str
    content: Content
    sumber_hash: str


def read_edisi(source: bytes) -> EdisiFile:
    """Read and check an edition file.

    Raises EdisiFileError with every mistake found, each with its line and field.
    """
    root = read_node(source)
    problems = Problems()
    edisi = read_sections(root, problems)
    check_all(edisi, problems)
    problems.require_none()
    sumber_hash = hashlib.sha256(source).hexdigest()
    return EdisiFile(edisi["kode"], edisi["zona"], content_of(edisi, sumber_hash), sumber_hash)
