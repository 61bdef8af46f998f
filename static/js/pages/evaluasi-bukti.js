// Beside each score: places in the documents, a question for the site team, keys for everything, and what was in view.
(() => {
  const form = document.querySelector("form[data-lembar]");
  if (!form) return;
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const el = (tag, props, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const post = async (address, data) => {
    const answer = await fetch(address, {
      method: "POST", body: new URLSearchParams(data), credentials: "same-origin", redirect: "error",
      headers: { "X-CSRFToken": token(), Accept: "application/json" }, signal: AbortSignal.timeout(20000),
    });
    return { status: answer.status, data: answer.status === 204 ? {} : await answer.json() };
  };
  const room = () => (window.pembaca && window.pembaca.kini().ada ? window.pembaca : null);

  // What was in view, told every half minute while the page is looked at.
  const counter = document.querySelector("[data-bacaan]");
  let view = null, since = 0;
  const spent = () => (view && !document.hidden ? Math.round((Date.now() - since) / 1000) : 0);
  const tell = () => {
    const seconds = spent();
    since = Date.now();
    if (counter && view && (seconds || !view.told)) {
      view.told = true;
      post(counter.dataset.bacaan, { berkas: view.berkas, halaman: view.halaman, detik: Math.min(seconds, 60) }).catch(() => {});
    }
  };
  document.addEventListener("halaman-dibaca", (event) => { tell(); view = { ...event.detail, told: false }; since = Date.now(); tell(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { const was = Math.round((Date.now() - since) / 1000); if (view && counter && was > 1) post(counter.dataset.bacaan, { berkas: view.berkas, halaman: view.halaman, detik: Math.min(was, 60) }).catch(() => {}); } since = Date.now(); });
  setInterval(tell, 30000);
  if (form.dataset.lembar !== "isi") return;

  // Pointing: choose a region of the page in view, or the page as it is.
  const say = (part, text) => { const out = part.querySelector("[data-bukti-keadaan]"); out.textContent = text; out.hidden = !text; };
  const refusal = "Belum tersimpan: tidak ada jaringan atau peladen tidak menjawab. Coba sekali lagi.";
  async function point(part, kotak) {
    const at = room().kini();
    say(part, "menyimpan");
    try {
      const { status, data } = await post(part.dataset.bukti, { berkas: at.berkas, halaman: at.halaman, kotak });
      if (status !== 201) { say(part, `Belum tersimpan: ${data.pesan}`); return; }
      say(part, "");
      const list = part.querySelector("[data-titik-list]");
      if (list.querySelector(`[data-lepas="${CSS.escape(data.lepas)}"]`)) return;
      const link = el("a", { href: `${data.alamat}#page=${data.halaman}`, target: "_blank", rel: "noopener" }, `Halaman ${data.halaman}`, el("span", { className: "keterangan", textContent: ` ${data.nama}` }));
      Object.assign(link.dataset, { berkas: data.berkas, tipe: data.tipe, nama: data.nama, halaman: data.halaman, kotak: data.kotak });
      const off = el("button", { type: "button", className: "btn btn-link btn-sm" }, "Lepas", el("span", { className: "visually-hidden", textContent: ` bukti halaman ${data.halaman}` }));
      off.dataset.lepas = data.lepas;
      list.append(el("li", {}, link, off));
    } catch { say(part, refusal); }
  }
  let choosing = null;
  function stopChoosing() {
    if (!choosing) return;
    choosing.layer.classList.remove("memilih");
    choosing.layer.onpointerdown = null;
    say(choosing.part, "");
    choosing = null;
  }
  function choose(part) {
    const reader = room();
    if (!reader) { say(part, "Buka dahulu dokumen yang menjadi bukti, lalu tekan Tunjuk bukti."); return; }
    stopChoosing();
    const layer = document.querySelector("[data-pembaca-tanda]");
    choosing = { part, layer };
    layer.classList.add("memilih");
    layer.replaceChildren();
    const whole = el("button", { type: "button", className: "btn btn-biasa btn-sm", textContent: "Seluruh halaman ini" });
    const stop = el("button", { type: "button", className: "btn btn-link btn-sm", textContent: "Batal" });
    const out = part.querySelector("[data-bukti-keadaan]");
    out.replaceChildren("Tarik kotak pada halaman dokumen, atau pilih: ", whole, " ", stop);
    out.hidden = false;
    whole.addEventListener("click", () => { stopChoosing(); point(part, ""); });
    stop.addEventListener("click", stopChoosing);
    whole.focus();
    layer.onpointerdown = (down) => {
      down.preventDefault();
      const area = layer.getBoundingClientRect();
      const at = (event) => [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height].map((v) => Math.round(Math.min(Math.max(v, 0), 1) * 1000));
      const [x0, y0] = at(down);
      const frame = el("span", { className: "pembaca-kotak" });
      layer.replaceChildren(frame);
      let box = null;
      const draw = (event) => {
        const [x, y] = at(event);
        box = [Math.min(x, x0), Math.min(y, y0), Math.abs(x - x0), Math.abs(y - y0)];
        ["left", "top", "width", "height"].forEach((side, i) => { frame.style[side] = `${box[i] / 10}%`; });
      };
      const end = () => {
        layer.removeEventListener("pointermove", draw);
        if (!box || box[2] < 10 || box[3] < 10) { layer.replaceChildren(); return; }
        stopChoosing();
        point(part, box.join(","));
      };
      layer.setPointerCapture(down.pointerId);
      layer.addEventListener("pointermove", draw);
      layer.addEventListener("pointerup", end, { once: true });
    };
    if (!window.matchMedia("(min-width: 72rem)").matches) document.querySelector("[data-pembaca]").scrollIntoView({ block: "start" });
  }
  document.querySelectorAll("[data-lepas]").forEach((button) => { button.hidden = false; });

  // A question for the site team saves itself.
  const timers = new Map();
  async function ask(part) {
    const field = part.querySelector("textarea"), out = part.querySelector("[data-tanya-keadaan]");
    out.textContent = "menyimpan";
    try {
      const { status, data } = await post(part.dataset.tanya, { teks: field.value, versi: part.dataset.tanyaVersi });
      if (status === 200) { part.dataset.tanyaVersi = data.versi; out.textContent = `tersimpan ${data.waktu}`; return; }
      if (status === 409) { part.dataset.tanyaVersi = data.versi; out.textContent = `Diubah di tempat lain. Yang tersimpan: “${data.tersimpan}”. Ubah atau simpan lagi untuk memakai isian Anda.`; return; }
      out.textContent = `Belum tersimpan: ${data.pesan}`;
    } catch { out.textContent = refusal; }
  }
  const later = (part, wait) => { clearTimeout(timers.get(part)); timers.set(part, setTimeout(() => { if (window.tertekan()) { later(part, 100); return; } timers.delete(part); ask(part); }, wait)); };
  document.addEventListener("input", (event) => { const part = event.target.closest("[data-tanya]"); if (part) later(part, 1500); });
  document.addEventListener("change", (event) => { const part = event.target.closest("[data-tanya]"); if (part) later(part, 0); });
  window.addEventListener("beforeunload", (event) => { if (timers.size) event.preventDefault(); });

  function mark(part) {
    const field = part.querySelector("[data-tanya]");
    if (!field) return;
    field.hidden = false;
    const button = part.querySelector("[data-tandai]");
    if (button) button.setAttribute("aria-expanded", "true");
    field.querySelector("textarea").focus();
  }
  document.addEventListener("click", async (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const pointing = event.target.closest("[data-tunjuk]"), marking = event.target.closest("[data-tandai]"), off = event.target.closest("[data-lepas]");
    if (pointing && plain) { event.preventDefault(); choose(pointing.closest("[data-bukti]")); }
    if (marking && plain) { event.preventDefault(); mark(marking.closest(".kriteria")); }
    if (off) {
      const part = off.closest("[data-bukti]");
      try {
        const { status, data } = await post(off.dataset.lepas, {});
        if (status === 204) off.closest("li").remove(); else say(part, data.pesan);
      } catch { say(part, refusal); }
    }
  });

  // Keys. Nothing happens while somebody types, nor with Ctrl, Alt or Meta.
  document.querySelector("[data-pintasan]")?.removeAttribute("hidden");
  const parts = [...form.querySelectorAll(".kriteria[data-kriteria]")];
  parts.forEach((part) => { part.tabIndex = -1; });
  const typing = (node) => node.isContentEditable || node.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const now = () => {
    const inside = parts.findIndex((part) => part.contains(document.activeElement));
    return inside >= 0 ? inside : parts.findIndex((part) => part.hasAttribute("data-kini"));
  };
  const go = (index) => {
    const target = parts[Math.max(0, Math.min(parts.length - 1, index))];
    if (!target) return;
    parts.forEach((part) => part.toggleAttribute("data-kini", part === target));
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  };
  const here = () => parts[Math.max(now(), 0)];
  const KEYS = {
    j: () => go(now() + 1), k: () => go(now() < 0 ? 0 : now() - 1),
    n: () => here().querySelector("textarea").focus(),
    b: () => choose(here().querySelector("[data-bukti]")),
    l: () => mark(here()),
    d: () => { const link = here().querySelector(".klaim [data-berkas]"); if (link) link.click(); },
    "[": () => room() && room().aksi("sebelum"), "]": () => room() && room().aksi("sesudah"),
    s: () => form.querySelector("button[value=lanjut]").click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    const active = document.activeElement;
    if (event.key === "Escape" && choosing) { stopChoosing(); return; }
    if (typing(active)) {
      if (event.key === "Escape" && form.contains(active)) { active.blur(); const at = parts.findIndex((part) => part.contains(active)); if (at >= 0) go(at); }
      return;
    }
    const key = event.key.toLowerCase();
    if (/^[1-9]$/.test(key)) {
      const radio = here().querySelectorAll("input[type=radio]")[Number(key) - 1];
      if (!radio) return;
      go(parts.indexOf(here()));
      radio.click();
    } else if (KEYS[key]) KEYS[key]();
    else return;
    event.preventDefault();
  });
})();
