// [data-periksa-sidik]: which of the received files is this one? The file stays on the device; only its SHA-256 is
// computed here and looked up among the [data-sidik] of the page. On paper the folded list stands open.
window.addEventListener("beforeprint", () => document.querySelectorAll("[data-buka-cetak]").forEach((fold) => { fold.open = true; }));
(() => {
  const box = document.querySelector("[data-periksa-sidik]");
  if (!box || !window.crypto || !crypto.subtle) return;
  const input = box.querySelector("input[type=file]"), out = box.querySelector("[data-hasil-sidik]");
  const known = new Map([...document.querySelectorAll("[data-sidik]")].map((row) => [row.dataset.sidik, row.dataset.nama]));
  const digest = async (file) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const check = async (files) => {
    out.textContent = "";
    for (const file of files) {
      const line = out.appendChild(document.createElement("p"));
      line.textContent = `Memeriksa ${file.name}.`;
      try {
        const found = known.get(await digest(file));
        line.textContent = found ? `${file.name} sama persis dengan berkas yang diterima: ${found}.` : `${file.name} tidak sama dengan satu pun berkas pada daftar di atas. Berkas yang disimpan ulang atau diubah mempunyai sidik lain walaupun tampak sama.`;
      } catch {
        line.textContent = `${file.name} tidak dapat dibaca dari perangkat ini. Pilih berkasnya lagi.`;
      }
    }
  };
  input.addEventListener("change", () => check([...input.files]));
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => { event.preventDefault(); check([...event.dataTransfer.files]); });
  box.hidden = false;
})();
