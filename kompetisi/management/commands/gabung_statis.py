"""Put the small css and js sources one after another into the two files that pages load.

No minifier and no Node: the result is what the sources say, so that it can be read and compared.
`--check` changes nothing and fails when a committed file is stale.
"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

VENDOR_CSS = "vendor/bootstrap/bootstrap-situs.min.css"
CSS_FIRST = ("css/tokens.css", "css/base.css")
CSS_LAST = ("css/print.css",)
NOTE = "/* Made by manage.py gabung_statis from the sources beside it; do not edit. */\n"


def static_root() -> Path:
    """The folder of our own static sources."""
    return Path(settings.BASE_DIR) / "static"


def build_css(root: Path) -> str:
    """Bootstrap in a layer of its own, below everything that is ours."""
    components = sorted(p.relative_to(root).as_posix() for p in root.glob("css/components/*.css"))
    ours = [(root / name).read_text("utf-8") for name in (*CSS_FIRST, *components, *CSS_LAST)]
    vendor = (root / VENDOR_CSS).read_text("utf-8").strip()
    return NOTE + f"@layer vendor{{{vendor}}}\n" + "\n".join(ours)


def build_js(root: Path) -> str:
    """One behaviour after another, each in its own scope already."""
    sources = sorted(p for p in root.glob("js/*.js") if p.name != "situs.js")
    return NOTE + "\n".join(p.read_text("utf-8") for p in sources)


def bundles(root: Path) -> dict[Path, str]:
    """What each of the two files should hold."""
    return {root / "css/situs.css": build_css(root), root / "js/situs.js": build_js(root)}


class Command(BaseCommand):
    """Write the two files, or say which is stale."""

    help = "Gabungkan sumber css dan js menjadi css/situs.css dan js/situs.js."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` only compares."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        """Write or compare."""
        for path, text in bundles(static_root()).items():
            stale = not path.exists() or path.read_text("utf-8") != text
            if stale and options["check"]:
                raise CommandError(f"{path.name} usang: jalankan manage.py gabung_statis")
            if stale:
                path.write_text(text, "utf-8")
                self.stdout.write(f"ditulis: {path.name}")
