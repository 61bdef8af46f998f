// form[data-simpan-otomatis]: each changed field is posted to data-url with the version it was read at.
// 200 {versi, waktu} is saved; 409 {versi, nilai, pesan} shows both texts; no network, 429 and 5xx keep it, mark it,
// and try again when the server asked for it (Retry-After). Saving what is stored already changes nothing.
(() => {
  const waiting = new Map(); // field -> attempt; what is not yet on the server
  const later = new Map();
  const status = (field) => {
    const box = field.closest(".medan, .mb-3, [data-medan]") || field.form;
    let out = box.querySelector("[data-status-simpan]");
    if (!out && box !== field.form) {
      out = document.createElement("p");
      out.className = "status-simpan";
      out.dataset.statusSimpan = "";
      out.setAttribute("role", "status");
      box.append(out);
    }
    return out || field.form.querySelector("[data-status-simpan]");
  };
  const say = (field, text, pending) => {
    const out = status(field);
    if (out) { out.textContent = text; out.classList.toggle("tertunda", pending); }
    // The same in the bar that stays in view, for the eyes alone: a long field hides its own word on a small screen.
    const bar = field.form.querySelector("[data-ringkas-simpan]");
    if (!bar) return;
    const left = waiting.size - (pending && waiting.has(field) ? 1 : 0);
    bar.textContent = left ? `${left + (pending ? 1 : 0)} isian belum tersimpan` : text;
    bar.classList.toggle("tertunda", pending || left > 0);
  };
  const valueOf = (field) => (field.type === "checkbox" ? (field.checked ? field.value || "on" : "") : field.value);
  const versionHolder = (field) => field.closest("[data-versi]") || field.form;
  const setVersion = (holder, versi) => {
    holder.dataset.versi = versi;
    holder.querySelectorAll("[data-versi-medan]").forEach((hidden) => { hidden.value = versi; });
  };
  const retry = (field, attempt, why, answer) => {
    const pause = window.jedaUlang(answer, Math.min(attempt + 1, 4));
    say(field, `Belum tersimpan: ${why} Dikirim lagi sendiri dalam ${window.kataDetik(pause)}.`, true);
    setTimeout(() => waiting.get(field) === attempt && send(field), pause);
  };
  const refused = (form) => [...form.elements].filter((field) => waiting.has(field) && field.dataset.ditolak !== undefined);
  const SAME = "sama dengan isian di peladen";
  const handlers = {
    200: (field, data) => say(field, `tersimpan ${data.waktu || ""}`.trim(), false),
    409: (field, data) => {
      if (valueOf(field).trim() === String(data.nilai ?? "").trim()) { // chosen meanwhile, or both wrote the same
        setVersion(versionHolder(field), data.versi);
        return say(field, SAME, false);
      }
      say(field, "Belum tersimpan: pilih isian yang dipakai.", true);
      return window.tampilkanBentrok(field, data, send);
    },
    // Figures that have to agree are refused one by one; each goes along with the next that is changed.
    422: (field, data) => { field.dataset.ditolak = ""; say(field, `Belum tersimpan: ${data.pesan || "periksa isian ini."}`, true); },
  };
  let busy = false; // a post is under way
  let queue = Promise.resolve(); // one at a time: each post must carry the version the one before it was given
  const send = (field) => {
    const attempt = (waiting.get(field) || 0) + 1;
    waiting.set(field, attempt);
    say(field, "menyimpan", true);
    queue = queue.then(async () => {
      if (waiting.get(field) !== attempt) return;
      busy = true;
      await post(field, attempt).finally(() => { busy = false; });
    });
  };
  const post = async (field, attempt) => {
    const form = field.form;
    const holder = versionHolder(field);
    const nilai = valueOf(field);
    const body = new URLSearchParams({ nama: field.name, nilai, versi: holder.dataset.versi || "" });
    refused(form).filter((other) => other !== field).forEach((other) => body.append(other.name, valueOf(other)));
    delete field.dataset.ditolak;
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    const headers = { "X-CSRFToken": token ? token.value : "", Accept: "application/json" };
    let answer, data;
    try {
      answer = await fetch(field.dataset.url || form.dataset.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(20000) });
      data = await answer.json().catch(() => ({}));
    } catch {
      return retry(field, attempt, "tidak ada jaringan.");
    }
    if (data.versi !== undefined && answer.status === 200) {
      setVersion(holder, data.versi);
      field.dispatchEvent(new CustomEvent("isian-tersimpan", { bubbles: true, detail: nilai }));
    }
    if (waiting.get(field) !== attempt) return; // typed again meanwhile; the newer attempt speaks
    if (answer.status === 200 || answer.status === 409) waiting.delete(field);
    if (answer.status === 200) refused(form).forEach((other) => { delete other.dataset.ditolak; send(other); });
    if (handlers[answer.status]) return handlers[answer.status](field, data);
    if (answer.status >= 500 || answer.status === 429) return retry(field, attempt, "layanan sedang ramai.", answer);
    say(field, `Belum tersimpan: ${data.pesan || "peladen belum dapat menyimpan."}`, true);
  };
  const inForm = (field) => field.form && field.form.matches("form[data-simpan-otomatis]") && field.name && field.type !== "file" && field.type !== "hidden";
  // Nothing is written on the page between press and release: a button that moved would not be clicked.
  let pressed = false;
  window.tertekan = () => pressed;
  document.addEventListener("pointerdown", () => { pressed = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, () => setTimeout(() => { pressed = false; }), true));
  const soon = (field, wait) => {
    clearTimeout(later.get(field));
    if (!waiting.has(field)) waiting.set(field, 0);
    later.set(field, setTimeout(() => (pressed ? soon(field, 100) : send(field)), wait));
  };
  document.addEventListener("input", (event) => inForm(event.target) && soon(event.target, 1500));
  document.addEventListener("change", (event) => inForm(event.target) && soon(event.target, 0));
  const offline = (form, submitter) => {
    let out = form.querySelector("[data-luring]");
    if (!out) {
      out = document.createElement("p");
      out.className = "status-simpan tertunda";
      out.dataset.luring = "";
      out.setAttribute("role", "alert");
      (submitter || form.lastElementChild).after(out);
    }
    out.textContent = "Tidak ada jaringan. Isian Anda tetap di halaman ini dan dikirim sendiri begitu jaringan kembali.";
    window.addEventListener("online", () => { out.textContent = "Jaringan kembali. Tekan sekali lagi."; }, { once: true });
  };
  // The button sends all fields: what waits is dropped, what is under way is awaited for its version.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.matches("form[data-simpan-otomatis]") && !navigator.onLine) {
      event.preventDefault(); // the browser's own page would stand in place of what was typed
      event.stopImmediatePropagation();
      offline(form, submitter);
      return;
    }
    [...waiting.keys()].filter((f) => f.form === form).forEach((f) => { clearTimeout(later.get(f)); waiting.delete(f); });
    if (!busy || !form.matches("form[data-simpan-otomatis]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.then(() => form.requestSubmit(submitter));
  }, true);
  document.addEventListener("bentrok-selesai", ({ target }) => inForm(target) && say(target, SAME, false));
  window.addEventListener("online", () => [...waiting.keys()].forEach(send));
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
})();
