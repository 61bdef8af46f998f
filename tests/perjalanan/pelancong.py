"""Somebody with a browser: goes from page to page, and each page is looked at on arrival."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Locator, Page, expect

PICTURES = Path(settings.BASE_DIR) / "build" / "perjalanan"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
GRAVE = ("serious", "critical")
# The second is an empty style attribute, told by its hash: taking a picture leaves one on inputs.
HARMLESS = ("Failed to load resource", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
AXE = Axe()
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Pelancong:
    """A person of the journey with a browser profile of their own.

    Every page met for the first time by anybody is held to account: no serious violation found by
    axe-core, nothing wider than a phone, no error of a script; a picture at both widths is kept.
    What is found is collected by page in `seen`, so that one walk shows all of it.
    """

    def __init__(self, chromium, base_url: str, nama: str, seen: dict, *, phone=False) -> None:
        self.nama, self.seen = nama, seen
        self.size = PHONE if phone else DESKTOP
        self.context = chromium.new_context(
            base_url=base_url, locale="id-ID", timezone_id="Asia/Jakarta", viewport=self.size
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message) -> None:
        # A refused form answers 4xx, which the browser reports as an error of its own.
        if message.type == "error" and not any(word in message.text for word in HARMLESS):
            self.errors.append(message.text)

    # --- Going about ------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Go to an address, as from a mail; everything else is reached by `follow`."""
        answer = self.page.goto(address)
        assert answer is None or answer.ok, f"{self.nama}: {address} menjawab {answer.status}"
        self.look()

    def follow(self, name: str | re.Pattern, *, within: str = "main") -> None:
        """Press the first link of this name in a part of the page."""
        self.click(self.page.locator(within).get_by_role("link", name=name).first)

    def press(self, name: str | re.Pattern, *, within: str = "main") -> None:
        """Press the first button of this name in a part of the page."""
        self.click(self.page.locator(within).get_by_role("button", name=name).first)

    def menu(self, name: str) -> None:
        """Choose an entry of the main menu; the phone's menu and its group are unfolded first."""
        entry = self.page.locator("a").filter(has_text=re.compile(f"^{name}"))
        entries = self.page.locator("header nav").locator(entry)
        folded = self.page.locator("header .menu-ponsel:not([open]) > summary").filter(visible=True)
        if folded.count():
            folded.click()
        if not entries.filter(visible=True).count():
            group = self.page.locator("header .menu-kelompok", has=entry)
            group.locator("> summary").filter(visible=True).first.click()
        self.click(entries.filter(visible=True).first)

    def click(self, target: Locator) -> None:
        """Click what leads to another page, wait for it and look at it."""
        with self.page.expect_navigation():
            target.click()
        self.look()

    def unfold(self, name: str) -> None:
        """Open what is folded away under a word."""
        self.page.locator("summary", has_text=name).first.click()

    def type(self, **fields: str) -> None:
        """Fill fields by name."""
        for name, text in fields.items():
            self.page.locator(f"[name='{name}']:visible").first.fill(text)

    def stroll(self) -> None:
        """Look at every page that the menus and the foot of the start page lead to."""
        links = self.page.locator("header nav a, header .lipat-isi a, footer a")
        addresses = {link.get_attribute("href") for link in links.all()}
        for address in sorted(a for a in addresses if a.startswith("/")):
            self.open(address)

    def says(self, text: str | re.Pattern) -> None:
        """The page says this."""
        expect(self.page.locator("main")).to_contain_text(text)

    def sign_in(self, email: str, password: str) -> None:
        """Log in on the login page."""
        self.open("/akun/login/")
        self.type(login=email, password=password)
        self.press("Masuk")

    # --- Looking ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Hold the page to account when nobody met it before."""
        self.page.wait_for_load_state("load")
        name = self._page_name()
        heard = [*self.errors]
        if name not in self.seen:
            self.seen[name] = self._take_pictures(name) + self._check_access()
        self.seen[name] += heard
        self.errors.clear()  # taking a picture styles the page, which our policy refuses aloud

    def _take_pictures(self, name: str) -> list[str]:
        picture = PICTURES / f"{len(self.seen) + 1:03}-{re.sub(r'[^a-z0-9]+', '-', name.lower())}"
        found = []
        for size in (DESKTOP, PHONE) if self.size is PHONE else (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            if size is PHONE and self.page.evaluate(TOO_WIDE) > 0:
                found.append("lebih lebar daripada ponsel")
            self.page.screenshot(path=f"{picture}-{size['width']}.png", full_page=True)
        return found

    def _check_access(self) -> list[str]:
        return [
            f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}"
            for v in AXE.run(self.page).response["violations"]
            if v["impact"] in GRAVE
        ]

    def _page_name(self) -> str:
        """The name of the address, with the state a page is in told by its first heading."""
        path = re.sub(r"^https?://[^/]+", "", self.page.url).partition("?")[0].partition("#")[0]
        try:
            name = resolve(path).view_name
        except Resolver404:
            name = path
        open_form = self.page.locator("main .salah, main .alert-danger").count()
        return f"{name}{'-galat' if open_form else ''}"
