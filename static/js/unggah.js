// File inputs [data-unggah]: name and size at once, too large refused before sending, progress while sending.
(() => {
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);
  const note = (input) => {
    let out = input.parentElement.querySelector(".status-simpan");
    if (!out) {
      out = document.createElement("p");
      out.className = "status-simpan";
      out.setAttribute("role", "status");
      input.insertAdjacentElement("afterend", out);
    }
    return out;
  };
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches || !input.matches("input[type=file][data-unggah]") || !input.files.length) return;
    const limit = Number(input.dataset.maksByte || 0);
    const big = [...input.files].find((file) => limit && file.size > limit);
    const out = note(input);
    out.classList.toggle("tertunda", Boolean(big));
    input.setCustomValidity(big ? `Berkas ${big.name} berukuran ${size(big.size)}. Paling besar ${size(limit)}.` : "");
    out.textContent = big ? input.validationMessage : [...input.files].map((f) => `${f.name} (${size(f.size)})`).join(", ");
  });
  document.addEventListener("submit", (event) => {
    event.target.querySelectorAll("input[type=file][data-unggah]").forEach((input) => {
      if (input.files.length && !event.defaultPrevented) note(input).textContent = "Mengunggah. Jangan menutup halaman ini.";
    });
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = event.detail;
    event.target.querySelectorAll("input[type=file][data-unggah]").forEach((input) => {
      if (input.files.length && total) note(input).textContent = `Terunggah ${Math.floor((loaded * 100) / total)}%`;
    });
  });
})();
