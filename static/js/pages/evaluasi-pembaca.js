// The reading room: a PDF page by page beside the sheet, fetched in parts; a picture as its only page.
// Nothing of it is loaded before a document is opened. Without scripts the links open the files themselves.
(() => {
  const room = document.querySelector("[data-pembaca]");
  if (!room) return;
  const $ = (name) => room.querySelector(`[data-pembaca-${name}]`);
  const paper = $("halaman"), canvas = $("kanvas"), layer = $("teks"), marks = $("tanda");
  const number = $("nomor"), count = $("jumlah"), title = $("judul"), state = $("keadaan"), found = $("hasil");
  const wide = window.matchMedia("(min-width: 72rem)");
  const say = (text) => { state.textContent = text; state.hidden = !text; };
  let library, pdf, picture, task, file = "", page = 1, scale = 0, turn = 0, drawn = 0;

  const load = () => (library ??= import(room.dataset.pdfjs).then((found) => {
    found.GlobalWorkerOptions.workerSrc = room.dataset.pekerja;
    return found;
  }));
  const pages = () => (picture ? 1 : pdf ? pdf.numPages : 0);
  const width = () => Math.max(paper.clientWidth - 2, 200);

  async function open(link, wanted = 1, box = null) {
    const same = file === link.dataset.berkas;
    room.hidden = false;
    document.querySelectorAll("[data-berkas]").forEach((other) => {
      if (other.dataset.berkas === link.dataset.berkas) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    });
    if (!same) {
      file = link.dataset.berkas;
      if (pdf) pdf.loadingTask.destroy();
      pdf = picture = null;
      title.textContent = link.dataset.nama || link.textContent.trim();
      say("Membuka dokumen");
      try {
        if (link.dataset.tipe === "application/pdf") pdf = await opened(link.href);
        else picture = await pictured(link.href);
      } catch (error) {
        file = "";
        say(error.status === 401 ? "Sesi Anda berakhir. Masuk lagi pada tab lain, lalu buka dokumen ini kembali."
          : "Dokumen belum dapat dibuka: jaringan terputus atau peladen tidak menjawab. Pilih dokumennya sekali lagi.");
        return;
      }
      if (file !== link.dataset.berkas) return; // another was chosen meanwhile
    }
    await show(wanted);
    outline(box);
    document.dispatchEvent(new CustomEvent("dokumen-dibuka", { detail: { berkas: file, halaman: page } }));
    if (!wide.matches) room.scrollIntoView({ block: "start" });
  }
  const opened = async (address) => (await load()).getDocument({
    url: address.split("#")[0], rangeChunkSize: 131072, disableAutoFetch: true, disableStream: true,
    isEvalSupported: false, useWasm: false, wasmUrl: room.dataset.wasm, withCredentials: true,
  }).promise;
  const pictured = (address) => new Promise((good, bad) => {
    const image = new Image();
    image.onload = () => good(image);
    image.onerror = bad;
    image.src = address.split("#")[0];
  });

  async function show(wanted) {
    page = Math.min(Math.max(wanted, 1), pages() || 1);
    const mine = ++turn;
    drawn = width();
    if (task) task.cancel(); // a canvas bears one rendering at a time
    number.value = page;
    number.max = pages();
    count.textContent = pages();
    marks.replaceChildren();
    const sharp = Math.min(window.devicePixelRatio || 1, 2);
    say(pdf ? `Memuat halaman ${page}` : "");
    try {
      if (picture) {
        const size = (scale || 1) * width();
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        canvas.style.width = `${size}px`;
        canvas.getContext("2d").drawImage(picture, 0, 0);
        layer.replaceChildren();
      } else if (pdf) {
        const sheet = await pdf.getPage(page);
        if (mine !== turn) return;
        const base = sheet.getViewport({ scale: 1 });
        const view = sheet.getViewport({ scale: ((scale || 1) * width()) / base.width });
        if (task) await task.promise.catch(() => {});
        if (mine !== turn) return;
        canvas.width = Math.floor(view.width * sharp);
        canvas.height = Math.floor(view.height * sharp);
        canvas.style.width = `${Math.floor(view.width)}px`;
        task = sheet.render({ canvasContext: canvas.getContext("2d"), viewport: view, transform: [sharp, 0, 0, sharp, 0, 0] });
        await task.promise;
        if (mine !== turn) return;
        layer.replaceChildren();
        layer.style.setProperty("--total-scale-factor", view.scale);
        const words = new (await load()).TextLayer({ textContentSource: sheet.streamTextContent(), container: layer, viewport: view });
        await words.render();
      }
    } catch {
      if (mine === turn) say("Halaman ini belum dapat dimuat. Tekan nomor halamannya sekali lagi.");
      return;
    }
    if (mine === turn) say("");
    canvas.setAttribute("aria-label", `${title.textContent}, halaman ${page} dari ${pages()}`);
    document.dispatchEvent(new CustomEvent("halaman-dibaca", { detail: { berkas: file, halaman: page, dari: pages() } }));
  }

  // A region of a page, in thousandths of its width and height.
  function outline(box) {
    marks.replaceChildren();
    if (!box || !box[2]) return;
    const frame = document.createElement("span");
    frame.className = "pembaca-kotak";
    ["left", "top", "width", "height"].forEach((side, at) => { frame.style[side] = `${box[at] / 10}%`; });
    marks.append(frame);
    frame.scrollIntoView({ block: "center", inline: "nearest" });
  }

  async function search(text) {
    if (!pdf || !text.trim()) return;
    const wanted = text.trim().toLowerCase();
    for (let step = 1; step <= pages(); step += 1) {
      const at = ((page - 1 + step) % pages()) + 1;
      found.textContent = `Mencari pada halaman ${at}`;
      const words = await (await pdf.getPage(at)).getTextContent();
      if (words.items.map((item) => item.str).join(" ").toLowerCase().includes(wanted)) {
        await show(at);
        found.textContent = `Ditemukan pada halaman ${at}`;
        layer.querySelectorAll("span").forEach((span) => span.classList.toggle("pembaca-temu", span.textContent.toLowerCase().includes(wanted)));
        return;
      }
    }
    found.textContent = "Tidak ditemukan. Hasil pindai tanpa lapisan teks tidak dapat dicari.";
  }

  const zoom = (to) => { scale = Math.min(Math.max(to, 0.5), 4); show(page); };
  const act = {
    sebelum: () => page > 1 && show(page - 1),
    sesudah: () => page < pages() && show(page + 1),
    besar: () => zoom((scale || 1) * 1.25),
    kecil: () => zoom((scale || 1) / 1.25),
    lebar: () => { scale = 0; show(page); },
  };
  room.addEventListener("click", (event) => { const button = event.target.closest("[data-aksi]"); if (button && act[button.dataset.aksi]) act[button.dataset.aksi](); });
  number.addEventListener("change", () => show(Number(number.value) || 1));
  $("cari").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); search(event.target.value); } });
  paper.addEventListener("keydown", (event) => {
    const key = { PageDown: "sesudah", PageUp: "sebelum", "+": "besar", "-": "kecil" }[event.key];
    if (key && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act[key](); }
  });
  let resized;
  new ResizeObserver(() => { clearTimeout(resized); if (pages() && !scale && Math.abs(width() - drawn) > 8) resized = setTimeout(() => show(page), 300); }).observe(paper);

  const readable = (link) => ["application/pdf", "image/jpeg", "image/png", "image/webp"].includes(link.dataset.tipe);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-berkas]");
    if (!link || !readable(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const box = (link.dataset.kotak || "").split(",").map(Number);
    open(link, Number(link.dataset.halaman) || 1, box);
  });

  window.pembaca = { buka: open, aksi: (name) => act[name] && act[name](), kini: () => ({ berkas: file, halaman: page, ada: pages() > 0 }), kertas: paper, kanvas: canvas };
  const first = [...document.querySelectorAll("[data-berkas]")].find(readable);
  const spare = navigator.connection && navigator.connection.saveData;
  if (first && wide.matches && !spare) open(first);
})();
