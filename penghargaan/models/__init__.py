"""Facts of the award: plenary, decree, publication, certificates."""

from penghargaan.models.hasil import Keputusan, Penerbitan
from penghargaan.models.piagam import Piagam
from penghargaan.models.pleno import HadirPleno, Peringkat, Pleno

__all__ = ["HadirPleno", "Keputusan", "Penerbitan", "Peringkat", "Piagam", "Pleno"]
