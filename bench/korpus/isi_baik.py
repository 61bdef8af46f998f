"""What honest documents have in them: forms, signatures, notes, structure, odd names, odd pages."""

import random
import zlib
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bench.korpus.dasar import Change, add_fields, annot, text


def links(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Links to the web, by mail, by telephone, within the document; some badly typed."""
    typed = (
        "https://www.lapor.go.id/", "http://contoh.go.id:8080/a?b=c#d", "mailto:humas@contoh.go.id",
        "tel:+62215551234", "www.contoh.go.id", "www.contoh.go.id:8080/aduan", "HTTPS://CONTOH.GO.ID",
        "/aduan/", "#bab-2", "", " https://contoh.go.id", "lapor.go.id/form?x=javascript:",
        "https://contoh.go.id/?u=file:///", "sms:1708", "ftp://arsip.contoh.go.id/a.zip",
    )  # fmt: skip
    for address in rng.sample(typed, 5):
        annot(pdf, "Link", A=Dictionary(S=Name.URI, URI=String(address)))
    wide = Dictionary(S=Name.URI, URI=String(b"\xfe\xff" + "https://é.id".encode("utf-16-be")))
    annot(pdf, "Link", A=wide)
    here = Array([pdf.pages[0].obj, Name.XYZ, 0, 700, 0])
    annot(pdf, "Link", Dest=here)
    annot(
        pdf,
        "Link",
        A=Dictionary(S=Name.GoTo, D=here, Next=Dictionary(S=Name.Named, N=Name.NextPage)),
    )


def opening(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Where the document opens, and how."""
    here = Array([pdf.pages[-1].obj, Name.Fit])
    pdf.Root.OpenAction = rng.choice(
        [here, Dictionary(S=Name.GoTo, D=here), pdf.make_indirect(Dictionary(S=Name.GoTo, D=here))]
    )
    pdf.Root.PageMode, pdf.Root.PageLayout = Name.UseOutlines, Name.SinglePage
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=Name.L2R)


def contents_list(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """An outline in levels, page labels, named destinations of both kinds."""
    with pdf.open_outline() as outline:
        for number in range(rng.randint(1, 30)):
            chapter = pikepdf.OutlineItem(f"Bab {number} – {text(rng, 3)}", 0)
            chapter.children.append(pikepdf.OutlineItem("Ayat", 0))
            outline.root.append(chapter)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 1, Dictionary(S=Name.D)]))
    here = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Dests = Dictionary({"/A": here, "/Bab.1": here, "/AF": here, "/Next": here})
    leaf = pdf.make_indirect(Dictionary(Names=Array(["bab", here]), Limits=Array(["bab", "bab"])))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))


def notes(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """What readers write on a document, with the shapes they draw."""
    for kind in rng.sample(
        ["Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Square", "Circle", "Line",
         "Polygon", "PolyLine", "Ink", "Stamp", "Caret", "Redact", "Watermark"], 6,
    ):  # fmt: skip
        look = pdf.make_stream(
            b"0 0 1 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        made = annot(pdf, kind, Contents=text(rng), AP=Dictionary(N=look), T="Pemeriksa")
        annot(pdf, "Popup", Parent=made, Open=False)


def form(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """A form that was filled in: text, boxes, choices, a button without anything behind it."""
    box = Dictionary({"/Ya": pdf.make_stream(b"n"), "/Off": pdf.make_stream(b"n")})
    fields = [
        annot(pdf, "Widget", FT=Name.Tx, T="nama", V=text(rng), DA="/Helv 10 Tf 0 g", MaxLen=80),
        annot(pdf, "Widget", FT=Name.Btn, T="setuju", V=Name.Ya, AS=Name.Ya, AP=Dictionary(N=box)),
        annot(
            pdf, "Widget", FT=Name.Ch, T="prov", Opt=Array(["Bali", "Aceh"]), V="Bali", Ff=131072
        ),
        annot(
            pdf,
            "Widget",
            FT=Name.Btn,
            T="ulang",
            Ff=65536,
            A=Dictionary(S=Name.ResetForm),
            MK=Dictionary(CA="Ulang"),
        ),
        annot(
            pdf, "Widget", FT=Name.Btn, T="sembunyi", Ff=65536, A=Dictionary(S=Name.Hide, T="nama")
        ),
    ]
    parent = pdf.make_indirect(Dictionary(T="kelompok", Kids=Array([fields[0]])))
    fields[0].Parent = parent
    helv = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    add_fields(
        pdf,
        parent,
        *fields[1:],
        NeedAppearances=rng.random() < 0.5,
        DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(helv))),
        DA="/Helv 0 Tf 0 g",
    )


def signature(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """An electronic signature with all that long-term validation keeps."""
    mark = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        Contents=rng.randbytes(256),
        ByteRange=Array([0, 10, 20, 30]),
        M="D:20191101120000+07'00'",
        Name=text(rng, 2),
        Reason="Menyetujui",
        Prop_Build=Dictionary(App=Dictionary(Name=Name.BSrE)),
        Reference=Array(
            [
                Dictionary(
                    Type=Name.SigRef,
                    TransformMethod=Name.DocMDP,
                    TransformParams=Dictionary(P=2, V=Name("/1.2")),
                )
            ]
        ),
    )
    value = pdf.make_indirect(mark)
    field = annot(
        pdf, "Widget", FT=Name.Sig, T="Tanda tangan", V=value,
        Lock=Dictionary(Type=Name.SigFieldLock, Action=Name.All),
    )  # fmt: skip
    add_fields(pdf, field, SigFlags=3)
    pdf.Root.Perms = Dictionary(DocMDP=value)
    kept = pdf.make_stream(rng.randbytes(400))
    pdf.Root.DSS = Dictionary(Certs=Array([kept]), OCSPs=Array([kept]), VRI=Dictionary(
        {"/A1B2": Dictionary(Cert=Array([kept]), TU="D:20191101")}))  # fmt: skip
    pdf.Root.Extensions = Dictionary(ESIC=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=5))


def structure(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """A structure for screen readers, deep, whose attributes stand under /A as actions do."""
    part = Dictionary(
        Type=Name.StructElem, S=Name.P, A=Dictionary(O=Name.Layout, BBox=Array([0, 0, 1, 1]))
    )
    for _ in range(rng.randint(2, 12)):
        part = Dictionary(
            Type=Name.StructElem,
            S=rng.choice([Name.Div, Name.L, Name.Table, Name("/Heading#201")]),
            K=Array([part]),
            A=Array([Dictionary(O=Name.List, ListNumbering=Name.Decimal), 0]),
            ID=String("a"),
            Lang="id-ID",
            Alt=text(rng),
        )
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=part,
            RoleMap=Dictionary({"/Heading#201": Name.H1, "/A": Name.Link}),
            ClassMap=Dictionary({"/C1": Dictionary(O=Name.Layout, SpaceAfter=4)}),
            ParentTree=Dictionary(Nums=Array([])),
        )
    )
    pdf.Root.MarkInfo, pdf.Root.Lang = Dictionary(Marked=True), String("id-ID")


def metadata(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """What programs write about a document, in all scripts, with entries of their own."""
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            {
                "/Title": f"{text(rng)} – Ñandú 報告 📎",
                "/Author": "Dewi Lestari, S.Sos., M.Si.",
                "/Producer": rng.choice(
                    [
                        "Canon iR-ADV C5535",
                        "Microsoft® Word 2016",
                        "iText 2.1.7",
                        "Acrobat Distiller 9.0",
                        "EPSON Scan",
                        "CamScanner",
                    ]
                ),
                "/CreationDate": "D:20191021",
                "/ModDate": "tadi pagi",
                "/Collection": "Arsip 2019",
                "/PTEX.Fullbanner": "Ini pdfTeX",
                "/AF": "ya",
                "/Ref": "B/12/2019",
            }
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"], meta["pdf:Producer"] = text(rng), "LibreOffice 6.3"
        meta["xmp:CreateDate"] = datetime(2019, 10, 21, tzinfo=UTC).isoformat()
    pdf.Root.PieceInfo = Dictionary(
        Illustrator=Dictionary(
            LastModified="D:20191021", Private=Dictionary(A=1, S=Name.Launch_Pad)
        )
    )


def layers(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Layers that can be hidden, with a link that does so."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=text(rng, 2)))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(ON=Array([layer]), AS=Array([]))
    )
    annot(pdf, "Link", A=Dictionary(S=Name.SetOCGState, State=Array([Name.Toggle, layer])))
    pdf.pages[0].Trans = Dictionary(S=Name.Fly, D=1)
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])))


def colours(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Soft masks, shadings, patterns, separations, an output profile; names as they come."""
    first = pdf.pages[0]
    profile = pdf.make_stream(rng.randbytes(300), N=3)
    pdf.Root.OutputIntents = Array(
        [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB",
                    DestOutputProfile=profile)]
    )  # fmt: skip
    blend = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1
    )
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=blend
    )
    group = pdf.make_stream(
        b"/SH sh", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True),
        Resources=Dictionary(Shading=Dictionary(SH=shade)),
    )  # fmt: skip
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
    first.Resources.ExtGState = Dictionary(
        {"/GS0": Dictionary(SMask=mask, ca=0.5, BM=Name.Multiply)}
    )
    leaf = pdf.make_stream(
        b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    symbol = pdf.make_stream(
        b"/L Do " * 40,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 99, 99]),
        Resources=Dictionary(XObject=Dictionary(L=leaf)),
    )
    first.Resources.XObject = Dictionary({"/AF": group, "/A": group, "/F": group, "/S1": symbol})
    first.contents_add(pdf.make_stream(b"q /GS0 gs /AF Do Q " + b"/S1 Do " * rng.randint(1, 90)))


def typefaces(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Many fonts, drawn ones too, with glyphs of any name."""
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    drawn = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=66,
        Widths=Array([600, 600]),
        CharProcs=Dictionary({"/A": glyph, "/AA": glyph, "/S": glyph, "/AF": glyph, "/F": glyph}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A, Name.AA])),
        Resources=Dictionary(),
    )
    fonts = {f"/F{n}": pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1,
             BaseFont=Name(f"/ABCDEF+Jenis{n}"))) for n in range(rng.randint(5, 60))}  # fmt: skip
    have = pdf.pages[0].Resources.get("/Font", Dictionary())
    pdf.pages[0].Resources.Font = Dictionary(
        {**dict(have.items()), **fonts, "/AF": drawn, "/A": drawn}
    )


def odd_pages(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Turned, cropped, upside down, of the size of a hall, with a blank back side."""
    first = pdf.pages[0]
    first.Rotate = rng.choice([0, 90, 180, 270, -90, 450])
    box = rng.choice([[0, 0, 14400, 14400], [595, 842, 0, 0], [-300, -300, 300, 300],
                      [0, 0, 2384, 3370], [0, 0, 595.276, 841.89], [0, 0, 612, 1008]])  # fmt: skip
    first.MediaBox = Array(box)
    first.CropBox = Array(box)
    if rng.random() < 0.5:
        first.UserUnit = rng.choice([1, 2.5, 72])
    marks = pdf.make_stream(b"q 0 g 10 10 120 60 re f Q")  # before what may turn the page's axes
    first.contents_add(marks, prepend=True)
    pdf.add_blank_page(page_size=(595, 842))


def split_contents(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """A page's content in many pieces, some empty; a page that says nothing."""
    parts = [b"q", b"", b"0 g", b"30 30 90 60 re", b"f", b"Q"]
    old = pdf.pages[0].get("/Contents", Array())
    first = [*old] if isinstance(old, Array) else [old]
    pdf.pages[0].Contents = Array([*first, *(pdf.make_stream(part) for part in parts)])
    silent = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 99, 99]), Resources=Dictionary())
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(silent)))


def tree(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Pages in a tree of several levels, with what they share above."""
    kids = [kid.obj for kid in pdf.pages]
    parent = pdf.Root.Pages
    for _ in range(rng.randint(1, 20)):
        node = pdf.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array(kids), Count=len(pdf.pages), Parent=parent)
        )
        for kid in kids:
            kid.Parent = node
        kids = [node]
    parent.Kids, parent.Rotate = Array(kids), 0
    kids[0].Parent = parent


def thread(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """An article that runs over the page, small pictures of pages, a bead that is its own next."""
    bead = pdf.make_indirect(Dictionary(P=pdf.pages[0].obj, R=Array([0, 0, 9, 9])))
    bead.N, bead.V = bead, bead
    made = pdf.make_indirect(Dictionary(F=bead, I=Dictionary(Title=text(rng, 2))))
    bead.T, pdf.Root.Threads, pdf.pages[0].B = made, Array([made]), Array([bead])
    annot(pdf, "Link", A=Dictionary(S=Name.Thread, D=made))
    small = pdf.make_stream(b"", Width=8, Height=8, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    small.write(zlib.compress(bytes(64)), filter=Name.FlateDecode)
    pdf.pages[0].Thumb = small


CHANGES: dict[str, Change] = {
    "tautan": links, "pembukaan": opening, "daftar-isi": contents_list, "catatan": notes,
    "formulir": form, "tanda-tangan": signature, "struktur": structure, "metadata": metadata,
    "lapisan": layers, "warna": colours, "huruf": typefaces, "halaman-ganjil": odd_pages,
    "isi-terpotong": split_contents, "pohon": tree, "artikel": thread,
}  # fmt: skip
