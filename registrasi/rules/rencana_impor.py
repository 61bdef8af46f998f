"""What importing a table would do: shown first, done as shown or not at all."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kesalahan:
    """One mistake: the line of the file, the column, and what it must be."""

    baris: int
    kolom: str
    pesan: str


@dataclass
class RencanaImpor:
    """What there is to add, to change and to leave, and the mistakes, each with its line."""

    tambah: list = field(default_factory=list)
    ubah: list = field(default_factory=list)
    tetap: list = field(default_factory=list)
    salah: list[Kesalahan] = field(default_factory=list)

    @property
    def boleh(self) -> bool:
        """Whether it can be confirmed: something to do and no mistake."""
        return not self.salah and bool(self.tambah or self.ubah)

    @property
    def sidik(self) -> str:
        """What would be done, as one text: another plan has another."""
        return repr((self.tambah, self.ubah))
