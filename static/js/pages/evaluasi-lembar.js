// Score sheet: each criterion saves itself with its version; two tabs meet in a choice, a lost network is made good.
(() => {
  const form = document.querySelector("form[data-lembar]");
  if (!form) return;
  if (form.dataset.lembar !== "isi") return;

  const waiting = new Map(); // part -> attempt; what is not on the server yet
  const later = new Map();
  let queue = Promise.resolve(); // one at a time: each save carries the version the one before was given
  const note = (part) => part.querySelector("textarea");
  const level = (part) => part.querySelector("input[type=radio]:checked");
  const content = (part) => ({ tingkat: level(part) ? level(part).value : "", catatan: note(part).value });
  const say = (part, text, pending) => {
    const out = part.querySelector("[data-status-simpan]");
    out.textContent = text;
    out.classList.toggle("tertunda", pending);
  };
  const setVersion = (part, versi) => {
    part.dataset.versi = versi;
    part.querySelector("[data-versi-medan]").value = versi;
  };
  const marks = (part) => {
    const chosen = level(part);
    const hint = part.querySelector("[data-perlu-alasan]");
    if (hint) hint.hidden = !(chosen && part.dataset.klaim && chosen.value !== part.dataset.klaim);
  };
  const el = (tag, props, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const words = (isi) => (typeof isi === "string" ? isi : [isi.tingkat && `Tingkat ${isi.tingkat}`, isi.catatan].filter(Boolean).join("\n"));
  const put = (part, isi) => {
    if (typeof isi === "string") { note(part).value = isi; return; }
    part.querySelectorAll("input[type=radio]").forEach((r) => { r.checked = r.value === isi.tingkat; });
    note(part).value = isi.catatan;
    note(part).dispatchEvent(new Event("change", { bubbles: true }));
  };
  const clash = (part, data) => {
    part.querySelectorAll(".bentrok").forEach((old) => old.remove());
    const mine = el("button", { type: "button", className: "btn btn-primary btn-sm", textContent: "Pakai isian saya" });
    const theirs = el("button", { type: "button", className: "btn btn-biasa btn-sm", textContent: "Pakai isian di peladen" });
    const panel = el("div", { className: "bentrok", role: "alert" },
      el("p", {}, el("strong", { textContent: data.pesan })),
      el("div", {}, "Isian Anda:", el("blockquote", { textContent: words(content(part)) })),
      el("div", {}, "Isian di peladen:", el("blockquote", { textContent: words(data.tersimpan) })),
      el("div", { className: "deret" }, mine, theirs));
    mine.addEventListener("click", () => { setVersion(part, data.versi); panel.remove(); send(part); });
    theirs.addEventListener("click", () => { put(part, data.tersimpan); setVersion(part, data.versi); panel.remove(); forget(part); say(part, "Memakai isian di peladen.", false); });
    part.append(panel);
    say(part, "Belum tersimpan: pilih salah satu isian.", true);
  };
  const forget = (part) => { clearTimeout(later.get(part)); waiting.delete(part); };
  const total = (data) => {
    document.querySelectorAll("[data-terisi]").forEach((out) => { out.textContent = data.terisi; });
    document.querySelectorAll("[data-total]").forEach((out) => { if (!waiting.size) out.textContent = data.total; });
  };
  const send = (part) => {
    const attempt = (waiting.get(part) || 0) + 1;
    waiting.set(part, attempt);
    if (part.dataset.kriteria && !level(part)) { say(part, "Belum tersimpan: pilih tingkat lebih dahulu.", true); return; }
    say(part, "menyimpan", true);
    queue = queue.then(() => (waiting.get(part) === attempt ? post(part, attempt) : undefined));
  };
  const post = async (part, attempt) => {
    const body = new URLSearchParams({ ...content(part), versi: part.dataset.versi });
    const headers = { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" };
    let answer, data;
    try {
      answer = await fetch(part.dataset.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(20000) });
      data = await answer.json();
    } catch {
      say(part, answer ? "Belum tersimpan: peladen belum dapat menyimpan. Akan dikirim lagi." : "Belum tersimpan: tidak ada jaringan. Akan dikirim lagi.", true);
      setTimeout(() => waiting.get(part) === attempt && send(part), 15000);
      return;
    }
    if (answer.status === 200) setVersion(part, data.versi);
    if (waiting.get(part) !== attempt) return; // typed again meanwhile; the newer attempt speaks
    if (answer.status === 200) {
      waiting.delete(part);
      say(part, `tersimpan ${data.waktu}`, false);
      if (data.total !== undefined) total(data);
    } else if (answer.status === 409) {
      clash(part, data);
    } else {
      say(part, `Belum tersimpan: ${data.pesan || "peladen belum dapat menyimpan."}`, true);
    }
  };
  const soon = (part, wait) => {
    clearTimeout(later.get(part));
    if (!waiting.has(part)) waiting.set(part, 0);
    later.set(part, setTimeout(() => (window.tertekan() ? soon(part, 100) : send(part)), wait));
  };
  const partOf = (event) => event.isTrusted && event.target.closest && event.target.closest("[data-bagian]");
  document.addEventListener("input", (event) => { const part = partOf(event); if (part) { marks(part); soon(part, event.target.type === "radio" ? 0 : 1500); } });
  document.addEventListener("change", (event) => { const part = partOf(event); if (part && event.target.type !== "radio") soon(part, 0); });
  form.addEventListener("submit", () => [...waiting.keys()].forEach(forget));
  window.addEventListener("online", () => [...waiting.keys()].forEach(send));
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  form.querySelectorAll("[data-bagian]").forEach(marks);
})();
