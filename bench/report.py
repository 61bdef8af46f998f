"""The tables."""

from django.db import connection, transaction
from django.urls import reverse

from bench.measure import Cost, ask, asset_bytes, counting, page_bytes
from bench.pages import at, list_pages
from bench.unggah import measure_upload
from bench.world import World
from penghargaan.actions.pembekuan import freeze_pleno
from penghargaan.queries.peringkat import compute_peringkat
from penghargaan.tests.factories import PLENO, at_stage
from registrasi.tests.factories import BUKA

SHOWN = (
    "publik:muka", "publik:ketentuan", "registrasi_publik:peserta", "penghargaan:hasil",
    "registrasi_panitia:pendaftaran", "evaluasi_panitia:nilai-tahap", "evaluasi:dasbor",
    "penghargaan_panitia:pleno",
)  # fmt: skip


def report(small: int, large: int) -> None:
    """Build both sizes and print everything."""
    with transaction.atomic():
        world = World()
        world.grow(small)
        few = measure(world)
        work = [(title, cost) for title, cost in work_of(world)]
        world.grow(large)
        many = measure(world)
        transaction.set_rollback(True)
    print_lists(few["daftar"], many["daftar"], small, large)
    print_ranking(few["peringkat"], many["peringkat"], small, large)
    print_work(work)
    print_bytes(many["daftar"], large)
    print_upload(measure_upload())


def measure(world: World) -> dict[str, dict[str, Cost]]:
    """All counts at the world's present size; the publication is undone afterwards."""
    with transaction.atomic():
        refresh_statistics()
        ranking = ranking_of(world)
        world.publish()
        pages = {}
        for name, arguments, reader, instant in list_pages(world):
            with at(instant):
                pages[name] = ask(reader, reverse(name, args=arguments))
        transaction.set_rollback(True)
    return {"daftar": pages, "peringkat": ranking}


def refresh_statistics() -> None:
    """Let the planner know the sizes, as autovacuum would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ranking_of(world: World) -> dict[str, Cost]:
    """Opening the plenary, ranking and freezing."""
    costs = {}
    with transaction.atomic():
        with counting() as costs["membuka pleno"]:
            pleno = world.stage.buka()
        with counting() as costs["menghitung peringkat"]:
            compute_peringkat(world.edisi)
        with at(PLENO), counting() as costs["membekukan pleno"]:
            freeze_pleno(pleno=pleno, oleh=world.stage.ketua)
        transaction.set_rollback(True)
    return costs


def work_of(world: World):
    """What filling in and sending costs, for the agency and the evaluator."""
    with at(BUKA):
        for title, address, data in world.entry_posts():
            yield title, ask(world.admin, address, data)
    with at(at_stage(world.edisi, "dokumen")):
        reader = world.sheet.penugasan.evaluator.pengguna
        for title, address, data in world.sheet_posts():
            yield title, ask(reader, address, data)


def number(value: float) -> str:
    """With the separators of Indonesian."""
    return f"{value:,}".replace(",", ".")


def ratio(after: int, before: int) -> str:
    """How many times as much, with one decimal."""
    return f"{after / before:.1f}".replace(".", ",") if before else "–"


def table(title: str, heads: list[str], rows: list[list[object]]) -> None:
    """A table in Markdown, numbers to the right."""
    cells = [[number(c) if isinstance(c, int) else str(c) for c in row] for row in rows]
    width = [max(len(r[i]) for r in [heads, *cells]) for i in range(len(heads))]
    print(f"\n## {title}\n")
    print("| " + " | ".join(h.ljust(width[i]) for i, h in enumerate(heads)) + " |")
    print("|" + "|".join("-" * (w + 1) + (":" if i else "-") for i, w in enumerate(width)) + "|")
    for row in cells:
        first, *rest = row
        padded = [first.ljust(width[0]), *(c.rjust(width[i]) for i, c in enumerate(rest, 1))]
        print("| " + " | ".join(padded) + " |")


def print_lists(few: dict, many: dict, small: int, large: int) -> None:
    """Every list page at both sizes."""
    rows = [
        [name, few[name].status, few[name].kueri, cost.kueri, few[name].baris, cost.baris,
         ratio(cost.baris, few[name].baris)]
        for name, cost in many.items()
    ]  # fmt: skip
    heads = [
        "halaman daftar", "status", f"kueri {small}", f"kueri {large}", f"baris {small}",
        f"baris {large}", "baris kali",
    ]  # fmt: skip
    table("Kueri dan baris yang dibaca halaman daftar", heads, rows)
    grown = [name for name, cost in many.items() if cost.kueri > few[name].kueri]
    text = ", ".join(grown) if grown else "tidak ada"
    print(f"\nHalaman yang kuerinya bertambah bersama jumlah pendaftaran: {text}.")


def print_ranking(few: dict, many: dict, small: int, large: int) -> None:
    """The plenary's statements at both sizes."""
    rows = [
        [name, few[name].kueri, cost.kueri, few[name].baris, cost.baris]
        for name, cost in many.items()
    ]
    heads = ["pleno", f"kueri {small}", f"kueri {large}", f"baris {small}", f"baris {large}"]
    table("Pernyataan SQL peringkat", heads, rows)


def print_work(work: list[tuple[str, Cost]]) -> None:
    """One person's work on one form."""
    rows = [[title, cost.status, cost.kueri, cost.baris] for title, cost in work]
    table("Kueri mengisi, menyimpan, dan mengirim", ["tindakan", "status", "kueri", "baris"], rows)


def print_bytes(pages: dict, large: int) -> None:
    """First and next view of the main pages, compressed."""
    rows = []
    for name in SHOWN:
        assets, page = asset_bytes(pages[name].html), page_bytes(pages[name].html)
        total = page + sum(assets.values())
        rows.append([name, len(assets) + 1, total, page, len(pages[name].html.encode())])
    heads = ["halaman", "berkas", "kunjungan pertama", "kunjungan berikut", "HTML belum dipadatkan"]
    table(f"Byte terkirim (gzip) dengan {large} pendaftaran", heads, rows)
    assets = asset_bytes(pages[SHOWN[0]].html)
    rows = [[name, size] for name, size in sorted(assets.items(), key=lambda item: -item[1])]
    table("Isi kunjungan pertama halaman muka selain HTML", ["berkas", "byte"], rows)


def print_upload(found: dict) -> None:
    """A large file over a line that breaks."""
    again = f"{found['terkirim'] / found['ukuran']:.3f}".replace(".", ",")
    same = "ya" if found["sama"] and found["status"] == 200 else "TIDAK"
    rows = [[found["ukuran"], found["putus"], found["permintaan"], found["terkirim"], again, same]]
    heads = ["byte berkas", "kali putus", "permintaan", "byte naik", "nisbah", "SHA-256 sama"]
    table("Mengunggah berkas besar lewat jalur yang terputus", heads, rows)
