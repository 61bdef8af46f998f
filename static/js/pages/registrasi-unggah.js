// [data-unggah-lanjut="address"][data-tempat]: a large file goes up in pieces. It can be paused, goes on by itself when
// the line is back, and after the page was closed when the same file is chosen again. Small files, and browsers that
// cannot cut files, use the plain form. Each piece carries its SHA-256 where the browser can compute it.
(() => {
  if (!window.Blob || !Blob.prototype.slice || !Blob.prototype.arrayBuffer || !window.htmx) return;
  document.documentElement.classList.add("unggah-langsung"); // a file goes up as soon as it is chosen; no button is needed
  const SMALL = 262144, LEAST = 32768, HASHED = 64 * 1048576; // bytes: sent at once, smallest piece, largest hashed whole
  const SLOW = 15000, QUICK = 3000, PATIENCE = 60000; // milliseconds of a piece
  const TYPE = "application/offset+octet-stream";
  const subtle = window.crypto && crypto.subtle;
  const jobs = new Set();
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);
  const digest = async (buffer) => new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

  const make = (tag, props, parent) => parent.appendChild(Object.assign(document.createElement(tag), props));
  const build = (job) => {
    job.place.querySelectorAll(".unggahan, [data-unggahan-sisa]").forEach((old) => old.remove());
    const box = document.createElement("div");
    box.className = "unggahan";
    job.bar = make("progress", { max: 100, value: 0 }, box);
    job.bar.setAttribute("aria-label", `Terunggah dari ${job.file.name}`);
    job.words = make("p", { className: "status-simpan" }, box);
    job.words.setAttribute("role", "status");
    const row = make("div", { className: "deret" }, box);
    const button = (text, act) => {
      const made = make("button", { type: "button", className: "btn btn-biasa btn-sm", textContent: text }, row);
      made.addEventListener("click", act);
      return made;
    };
    job.pauseButton = button("Jeda", () => (job.paused || job.stopped ? go(job) : pause(job)));
    job.cancelButton = button("Batalkan", () => cancel(job));
    job.box = box;
    (job.place.querySelector(".unggah-baris") || job.input).insertAdjacentElement("afterend", box);
  };
  const percent = (job, sent) => Math.floor((sent * 100) / job.file.size);
  const part = (job, sent) => `${percent(job, sent)}% (${size(sent)} dari ${size(job.file.size)})`;
  const say = (job, text, waiting = false) => {
    job.words.textContent = text;
    job.words.classList.toggle("tertunda", waiting);
  };
  const progress = (job, sent) => {
    job.bar.value = percent(job, sent);
    say(job, `Mengunggah ${job.file.name}: ${part(job, sent)}.`);
  };

  // One request; status 0 is a line that broke or was silent too long.
  const send = (job, method, url, body, headers = {}, onprogress = null) =>
    new Promise((resolve) => {
      const xhr = (job.xhr = new XMLHttpRequest());
      xhr.open(method === "PATCH" && job.override ? "POST" : method, url);
      xhr.timeout = PATIENCE;
      if (method === "PATCH" && job.override) xhr.setRequestHeader("X-HTTP-Method-Override", "PATCH");
      Object.entries({ "X-CSRFToken": job.token, ...headers }).forEach(([name, value]) => xhr.setRequestHeader(name, value));
      if (onprogress) xhr.upload.onprogress = (event) => onprogress(event.loaded);
      xhr.onload = xhr.onerror = xhr.ontimeout = xhr.onabort = () => resolve(xhr);
      xhr.send(body);
    });
  const answered = (xhr) => {
    try { return JSON.parse(xhr.responseText); } catch { return {}; }
  };

  // What to do after an answer that was no success: true to go on at once, a number of seconds to wait, or stop in words.
  const judge = (job, xhr) => {
    const offset = xhr.status ? xhr.getResponseHeader("Upload-Offset") : null;
    const asked = xhr.status ? Number(xhr.getResponseHeader("Retry-After")) : 0;
    if (xhr.status === 409 && offset !== null) { job.offset = Number(offset); return true; }
    if ((xhr.status === 405 || xhr.status === 501) && !job.override) { job.override = true; return true; }
    if (xhr.status === 404 && job.url && job.begun < 3) { job.url = ""; return true; }
    if (xhr.status === 0 || xhr.status === 400 || xhr.status === 460 || xhr.status === 408 || xhr.status === 429 || xhr.status >= 500) {
      job.size = Math.max(LEAST, Math.floor(job.size / 2));
      job.tries += 1;
      job.unsure = true;
      return asked || Math.min(30, 2 ** Math.min(job.tries - 1, 5));
    }
    job.stopped = true;
    say(job, answered(xhr).pesan || "Peladen menolak unggahan ini. Muat ulang halaman, lalu pilih berkasnya lagi.", true);
    return false;
  };

  const begin = async (job) => {
    if (job.sha256 === undefined) {
      job.sha256 = "";
      if (subtle && job.file.size <= HASHED) {
        say(job, `Menghitung sidik ${job.file.name}.`);
        job.sha256 = hex(await digest(await job.file.arrayBuffer()));
      }
    }
    const body = new URLSearchParams({ tempat: job.place.dataset.tempat, nama: job.file.name, ukuran: job.file.size, sha256: job.sha256 });
    const xhr = await send(job, "POST", job.place.dataset.unggahLanjut, body);
    if (xhr.status !== 200 && xhr.status !== 201) return judge(job, xhr);
    const known = answered(xhr);
    Object.assign(job, { url: known.url, offset: known.diterima, most: known.potongan, begun: job.begun + 1, unsure: false });
    if (job.offset) say(job, `Melanjutkan ${job.file.name} dari ${part(job, job.offset)}.`);
    return true;
  };
  const locate = async (job) => { // after a broken piece: how much has come?
    const xhr = await send(job, "HEAD", job.url);
    if (xhr.status !== 200) return judge(job, xhr);
    job.offset = Number(xhr.getResponseHeader("Upload-Offset"));
    job.unsure = false;
    return true;
  };
  const piece = async (job) => {
    const start = job.offset, buffer = await job.file.slice(start, start + job.size).arrayBuffer();
    const headers = { "Content-Type": TYPE, "Upload-Offset": start };
    if (subtle) headers["Upload-Checksum"] = `sha256 ${base64(await digest(buffer))}`;
    if (job.paused) return true;
    const began = performance.now();
    progress(job, start);
    const xhr = await send(job, "PATCH", job.url, buffer, headers, (loaded) => job.paused || progress(job, Math.min(start + loaded, job.file.size)));
    if (job.paused) { job.unsure = true; return true; }
    if (xhr.status !== 204) return judge(job, xhr);
    const took = performance.now() - began;
    job.offset = Number(xhr.getResponseHeader("Upload-Offset"));
    job.tries = 0;
    if (took < QUICK) job.size = Math.min(job.most, job.size * 2);
    else if (took > SLOW) job.size = Math.max(LEAST, Math.floor(job.size / 2));
    progress(job, job.offset);
    return true;
  };
  const finish = async (job) => {
    say(job, `Seluruh ${job.file.name} sudah terkirim. Memeriksa isinya.`);
    job.pauseButton.hidden = job.cancelButton.hidden = true;
    const xhr = await send(job, "POST", job.url, null);
    const whole = (xhr.getResponseHeader && xhr.status && xhr.getResponseHeader("Content-Type")) || "";
    if ((xhr.status === 200 || xhr.status === 422) && whole.startsWith("text/html")) {
      const parsed = make("template", { innerHTML: xhr.responseText }, document.createElement("div"));
      const fresh = parsed.content.firstElementChild;
      (job.place.closest("section[id]:not(.kriteria)") || job.place).replaceWith(fresh);
      htmx.process(fresh);
      job.over = true;
      return true;
    }
    job.pauseButton.hidden = job.cancelButton.hidden = false;
    return judge(job, xhr);
  };

  const rest = (job, seconds) =>
    new Promise((resolve) => {
      job.wake = resolve;
      let left = Math.ceil(seconds);
      const tell = () => {
        if (job.paused || left <= 0) { clearInterval(timer); resolve(); return; }
        const safe = job.offset ? ` ${part(job, job.offset)} sudah aman di peladen.` : "";
        say(job, `Sambungan terputus atau peladen sibuk.${safe} Dilanjutkan sendiri dalam ${left} detik.`, true);
        left -= 1;
      };
      const timer = setInterval(tell, 1000);
      tell();
    });
  async function run(job) {
    if (job.running) return;
    job.running = true;
    try {
      while (!job.over && !job.paused && !job.stopped) {
        const step = !job.url ? begin : job.unsure ? locate : job.offset < job.file.size ? piece : finish;
        const next = await step(job);
        if (typeof next === "number" && !job.paused) await rest(job, next);
      }
    } catch {
      job.stopped = true;
      say(job, "Berkas tidak dapat dibaca lagi dari perangkat Anda. Pilih berkasnya lagi; yang sudah terkirim tidak diulang.", true);
    }
    job.running = false;
    if (job.over) jobs.delete(job);
    else if (!job.paused && !job.stopped) run(job); // woken while it was ending
    else job.pauseButton.textContent = "Lanjutkan";
  }
  function pause(job) {
    job.paused = true;
    job.pauseButton.textContent = "Lanjutkan";
    if (job.xhr) job.xhr.abort();
    if (job.wake) job.wake();
    say(job, `Dijeda pada ${part(job, job.offset)}. Yang sudah terkirim aman di peladen.`);
  }
  function go(job) {
    job.paused = job.stopped = false;
    job.unsure = Boolean(job.url);
    job.pauseButton.textContent = "Jeda";
    run(job);
  }
  function cancel(job) {
    job.over = job.paused = true;
    if (job.xhr) job.xhr.abort();
    if (job.wake) job.wake();
    jobs.delete(job);
    job.box.querySelectorAll("progress, button").forEach((made) => made.remove());
    say(job, `Unggahan ${job.file.name} dibatalkan. Berkas yang terlampir sebelumnya tidak berubah.`);
    if (job.url) send(job, "DELETE", job.url);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = event.detail.elt;
    if (!place.matches || !place.matches("[data-unggah-lanjut]")) return;
    const input = place.querySelector("input[type=file]");
    const file = input && input.files[0];
    if (!file || file.size <= SMALL || !input.checkValidity()) return;
    event.preventDefault();
    jobs.forEach((job) => { if (job.place === place) { job.over = job.paused = true; if (job.xhr) job.xhr.abort(); if (job.wake) job.wake(); jobs.delete(job); } });
    const token = (place.querySelector("[name=csrfmiddlewaretoken]") || place.closest("form").querySelector("[name=csrfmiddlewaretoken]")).value;
    const job = { place, input, file, token, url: "", offset: 0, size: SMALL, most: SMALL, begun: 0, tries: 0, paused: false, stopped: false, over: false };
    input.value = ""; // the form around it must not send the same file again
    const note = input.parentElement.querySelector(":scope > .status-simpan");
    if (note) note.textContent = "";
    jobs.add(job);
    build(job);
    run(job);
  });
  window.addEventListener("online", () => jobs.forEach((job) => job.wake && job.wake()));
  window.addEventListener("beforeunload", (event) => {
    if ([...jobs].some((job) => job.running && !job.paused)) event.preventDefault();
  });
})();
