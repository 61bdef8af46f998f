// The administrative check by keyboard. Nothing happens while somebody types, nor with Ctrl, Alt or Meta.
(() => {
  const formulir = document.querySelector("form.pemeriksaan");
  if (!formulir) return;
  const butir = [...formulir.querySelectorAll("[data-butir]")];
  const HASIL = { 1: "memenuhi", 2: "tidak_memenuhi", 3: "perlu_perbaikan" };
  document.querySelector("[data-pintasan]")?.removeAttribute("hidden");

  const mengetik = (el) =>
    el.isContentEditable || el.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const kini = () => {
    const di = butir.findIndex((b) => b.contains(document.activeElement));
    return di >= 0 ? di : butir.findIndex((b) => b.hasAttribute("data-kini"));
  };
  const menuju = (nomor) => {
    const tujuan = butir[Math.max(0, Math.min(butir.length - 1, nomor))];
    if (!tujuan) return;
    for (const b of butir) b.toggleAttribute("data-kini", b === tujuan);
    tujuan.focus({ preventScroll: true });
    tujuan.scrollIntoView({ block: "nearest" });
  };
  const pilih = (nilai) => {
    const b = butir[Math.max(kini(), 0)];
    const radio = b?.querySelector(`input[type=radio][value="${nilai}"]`);
    if (!radio) return;
    menuju(butir.indexOf(b));
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const TINDAKAN = {
    j: () => menuju(kini() + 1),
    k: () => menuju(kini() < 0 ? 0 : kini() - 1),
    a: () => butir[Math.max(kini(), 0)]?.querySelector("textarea")?.focus(),
    d: () => butir[Math.max(kini(), 0)]?.querySelector("[data-dokumen]")?.click(),
  };

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || e.repeat) return;
    const di = document.activeElement;
    if (mengetik(di)) {
      if (e.key === "Escape" && formulir.contains(di)) {
        const b = butir.find((x) => x.contains(di));
        di.blur();
        if (b) menuju(butir.indexOf(b));
      }
      return;
    }
    const kunci = e.key.toLowerCase();
    const tekan = document.querySelector(`[data-kunci="${CSS.escape(kunci)}"]`);
    if (HASIL[kunci]) pilih(HASIL[kunci]);
    else if (TINDAKAN[kunci]) TINDAKAN[kunci]();
    else if (tekan) tekan.click();
    else return;
    e.preventDefault();
  });
})();
