/* Made by manage.py gabung_statis from the sources beside it; do not edit. */
// The page "Anda dalam antrean": counts down, asks whether the server is there, then reads or sends again by itself.
// Also what all retries share: how long the server asked to wait.
(() => {
  // Milliseconds until the next try: what Retry-After says, else longer each time; a little apart from each other.
  window.jedaUlang = (answer, attempt) => {
    const asked = Number(answer && answer.headers.get("Retry-After"));
    const seconds = asked > 0 ? Math.min(asked, 120) : Math.min(2 ** attempt, 30);
    return Math.round(seconds * 1000 * (1 + Math.random() / 5));
  };
  window.kataDetik = (ms) => `${Math.max(1, Math.ceil(ms / 1000))} detik`;
  const box = document.querySelector("[data-antrean]");
  const again = box && box.querySelector("[data-antrean-ulang]");
  const held = box && box.querySelector("form[data-antrean-isian]");
  let leaving = false;
  if (held) {
    held.addEventListener("submit", () => { leaving = true; });
    window.addEventListener("beforeunload", (event) => { if (!leaving) event.preventDefault(); });
  }
  if (!again) return;
  const words = box.querySelector("[data-antrean-kata]");
  const act = again.matches("form") ? "Isian dikirim lagi" : "Halaman ini mencoba lagi";
  const go = async () => {
    words.textContent = "Menghubungi peladen";
    const there = await fetch("/sehat/", { cache: "no-store", signal: AbortSignal.timeout(10000) }).then((a) => a.ok, () => false);
    if (!there) return count(10, "Peladen belum terhubung. ");
    leaving = true;
    if (again.matches("form")) again.submit();
    else location.replace(again.href);
  };
  const count = (left, why = "") => {
    if (left <= 0) return go();
    words.textContent = `${why}${act} sendiri dalam ${left} detik.`;
    return setTimeout(() => count(left - 1, why), 1000);
  };
  count(Number(box.dataset.antrean) || 8);
})();

// Two versions of one field: show both and let the person choose; nothing is overwritten silently.
(() => {
  const el = (tag, props, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const write = (field, value) => {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.type === "radio") field.form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`).forEach((r) => { r.checked = r.value === value; });
    else field.value = value;
    field.dispatchEvent(new Event("bentrok-selesai", { bubbles: true }));
  };
  window.tampilkanBentrok = (field, data, send) => {
    const box = field.closest(".medan, .mb-3, [data-medan]") || field.form;
    box.querySelectorAll(".bentrok").forEach((old) => old.remove());
    const holder = field.closest("[data-versi]") || field.form;
    const known = () => {
      holder.dataset.versi = data.versi;
      holder.querySelectorAll("[data-versi-medan]").forEach((hidden) => { hidden.value = data.versi; });
    };
    const mine = el("button", { type: "button", className: "btn btn-primary btn-sm", textContent: "Pakai isian saya" });
    const theirs = el("button", { type: "button", className: "btn btn-biasa btn-sm", textContent: "Pakai isian di peladen" });
    const panel = el("div", { className: "bentrok", role: "alert" },
      el("p", {}, el("strong", { textContent: data.pesan || "Isian ini telah diubah di tempat lain." })),
      el("div", {}, "Isian Anda:", el("blockquote", { textContent: field.value })),
      el("div", {}, "Isian di peladen:", el("blockquote", { textContent: data.nilai ?? "" })),
      el("div", { className: "deret" }, mine, theirs));
    mine.addEventListener("click", () => { known(); panel.remove(); send(field); });
    theirs.addEventListener("click", () => { known(); write(field, data.nilai ?? ""); panel.remove(); });
    box.append(panel);
  };
})();

// What htmx asked for and did not get is told in words beside what asked: what happened, what is safe, what to do.
// Error pages of ours carry their reason in [data-sebab]; a whole page is never put inside a part of one.
(() => {
  const MARK = "data-galat-permintaan";
  const boxAfter = (elt) => (elt.nextElementSibling && elt.nextElementSibling.hasAttribute(MARK) ? elt.nextElementSibling : null);
  const filesOf = (elt) => [...elt.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
  const clear = (elt) => { const box = boxAfter(elt); if (box) box.remove(); };
  const parse = (text) => new DOMParser().parseFromString(text || "", "text/html");
  const isPage = (text) => /^\s*<!doctype|^\s*<html/i.test(text || "");

  const happened = (xhr) => {
    const status = xhr.status;
    if (!status) return ["Sambungan terputus sebelum peladen menjawab.", "Periksa jaringan Anda, lalu coba lagi."];
    if (status === 413) return ["Kiriman ini lebih besar daripada yang diterima peladen.", "Perkecil berkasnya, misalnya dengan menyimpan ulang sebagai PDF beresolusi lebih rendah, lalu unggah lagi."];
    if (status === 429) return ["Permintaan dari akun atau jaringan Anda datang terlalu cepat.", "Tunggu beberapa menit, lalu coba lagi."];
    if (status === 502 || status === 503 || status === 504) return ["Layanan sedang sangat ramai atau tidak menjawab.", "Tunggu sebentar, lalu coba lagi."];
    if (status >= 500) {
      const number = xhr.getResponseHeader("X-Request-ID");
      return ["Terjadi gangguan di peladen.", `Coba lagi sebentar lagi.${number ? ` Bila berulang, hubungi sekretariat dengan nomor rujukan ${number}.` : ""}`];
    }
    const reason = parse(xhr.responseText).querySelector("[data-sebab]");
    const words = reason ? reason.textContent.trim().replace(/\s+/g, " ") : "Peladen menolak permintaan ini.";
    return [words, status === 404 || status === 403 || status === 409 ? "Muat ulang halaman untuk melihat keadaan terakhir." : ""];
  };

  // A full server says when to ask again (503 with Retry-After): reading is asked again always, sending only where twice
  // is the same as once ([data-idempoten]). What is asked meanwhile goes along with that one request.
  const waiting = new Map(); // element -> timer
  const tries = new WeakMap();
  const MOST = 20;
  const later = (elt, xhr, { verb, path, target }) => {
    const attempt = (tries.get(elt) || 0) + 1;
    const told = xhr.status === 503 && xhr.getResponseHeader("Retry-After");
    if (!told || attempt > MOST || (verb !== "get" && !elt.hasAttribute("data-idempoten"))) return 0;
    const sending = filesOf(elt).length;
    const pause = window.jedaUlang({ headers: { get: () => told } }, attempt);
    tries.set(elt, attempt);
    clearTimeout(waiting.get(elt));
    waiting.set(elt, setTimeout(() => {
      waiting.delete(elt);
      if (!elt.isConnected || (sending && !filesOf(elt).length)) return clear(elt);
      return window.htmx.ajax(verb, path, { source: elt, target }).catch(() => {});
    }, pause));
    return pause;
  };
  const again = (elt) => {
    const input = filesOf(elt)[0];
    if (elt.matches("form")) elt.requestSubmit();
    else if (input) input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const tell = (elt, xhr, reading, pause = 0) => {
    if (!elt || !elt.isConnected) return;
    clear(elt);
    const files = filesOf(elt);
    elt.querySelectorAll("input[type=file]").forEach((input) => {
      const note = input.parentElement.querySelector(".status-simpan") || elt.querySelector(".unggah-baris + .status-simpan");
      if (note) note.textContent = "";
    });
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", pause ? "status" : "alert");
    box.setAttribute(MARK, "");
    const words = box.appendChild(document.createElement("div"));
    const ended = xhr.status === 401 ? parse(xhr.responseText).body.firstElementChild : null;
    if (ended) {
      words.append(document.importNode(ended, true));
    } else {
      let [what, todo] = xhr.status === 401 || xhr.status === 200 ? ["Sesi Anda berakhir atau halaman ini sudah berpindah.", "Muat ulang halaman, masuk lagi bila diminta, lalu ulangi."] : happened(xhr);
      const safe = files.length ? `${files.map((input) => input.files[0].name).join(", ")} belum terunggah; yang sudah terlampir dan isian yang tersimpan tidak berubah.` : reading ? "Daftar di halaman ini belum diperbarui." : "Permintaan belum dikerjakan; yang sudah tersimpan tetap aman.";
      if (pause) todo = `Dicoba lagi sendiri dalam ${window.kataDetik(pause)}; ${files.length ? "jangan menutup halaman ini" : "Anda tidak perlu menekan apa pun"}.`;
      [what, safe, todo].filter(Boolean).forEach((text) => words.append(Object.assign(document.createElement("p"), { textContent: text })));
    }
    const repeatable = !xhr.status || xhr.status === 429 || xhr.status >= 500;
    if (files.length && !pause && (repeatable || xhr.status === 401)) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-biasa btn-sm", textContent: "Coba unggah lagi" });
      button.addEventListener("click", () => again(elt));
      words.append(button);
    }
    elt.after(box);
  };
  const failed = ({ type, detail }) => {
    const asked = detail.requestConfig || {};
    tell(detail.elt, detail.xhr, asked.verb === "get", type === "htmx:responseError" ? later(detail.elt, detail.xhr, asked) : 0);
  };
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));
  document.addEventListener("htmx:beforeRequest", (event) => (waiting.has(event.detail.elt) ? event.preventDefault() : clear(event.detail.elt)));
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && tries.delete(detail.elt));
  // A form that sends a file by itself holds on to the page until it is there.
  window.addEventListener("beforeunload", (event) => {
    const held = [...waiting.keys(), ...document.querySelectorAll("form.htmx-request")];
    if (held.some((elt) => elt.matches("form") && filesOf(elt).length)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (!detail.shouldSwap || detail.target === document.body || !isPage(detail.serverResponse)) return;
    detail.shouldSwap = false;
    tell(detail.requestConfig.elt, detail.xhr, detail.requestConfig.verb === "get");
  });
})();

// Word counters: <textarea data-batas-kata="300"> with an element #<id>_hitung.
(() => {
  const count = (text) => (text.trim().match(/\S+/g) || []).length;
  const show = (field) => {
    const out = document.getElementById(`${field.id.replace(/^id_for_/, "")}_hitung`);
    if (!out) return;
    const limit = Number(field.dataset.batasKata);
    const words = count(field.value);
    const left = limit - words;
    out.textContent = left >= 0 ? `${words} dari ${limit} kata` : `${words} dari ${limit} kata: kurangi ${-left} kata`;
    out.classList.toggle("lewat", left < 0);
  };
  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.batasKata) show(event.target);
  });
  const start = (root) => root.querySelectorAll("[data-batas-kata]").forEach(show);
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();

// Countdowns by the server's clock: [data-sampai] with [data-sekarang], the instant the page was made.
(() => {
  const seen = new WeakMap(); // element -> when this page first had it
  const units = [["hari", 86400], ["jam", 3600], ["menit", 60], ["detik", 1]];
  const words = (seconds) => {
    const parts = [];
    let rest = seconds;
    for (const [name, size] of units) {
      const n = Math.floor(rest / size);
      rest %= size;
      if (n || parts.length || name === "detik") parts.push([n, name]);
    }
    return parts.slice(0, 2).filter(([n]) => n).map(([n, name]) => `${n} ${name}`).join(" ") || "0 detik";
  };
  const tick = () => {
    let soon = false;
    document.querySelectorAll("[data-sampai]").forEach((el) => {
      const made = Date.parse(el.dataset.sekarang);
      if (Number.isNaN(made)) return;
      if (!seen.has(el)) seen.set(el, performance.now());
      const left = Math.floor((Date.parse(el.dataset.sampai) - made - (performance.now() - seen.get(el))) / 1000);
      soon ||= left > 0 && left < 3600;
      const text = left > 0 ? `${words(left)} lagi` : "telah lewat";
      if (el.textContent !== text) el.textContent = text;
    });
    setTimeout(tick, soon ? 1000 : 20000);
  };
  tick();
})();

// Filter forms: form[data-kirim-perubahan] is sent when a choice changes; typing waits for Enter.
(() => {
  document.addEventListener("change", (event) => {
    const form = event.target.closest && event.target.closest("form[data-kirim-perubahan]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
      form.requestSubmit();
    }
  });
  document.querySelectorAll(".galat[role=alert]").forEach((box) => box.focus());
})();

// A menu of the head folds away with Escape or a press beside it; without this, with its own word.
(() => {
  const opened = () => [...document.querySelectorAll(".kepala .lipat[open]")];
  document.addEventListener("click", (event) => {
    opened().forEach((menu) => {
      const outer = menu.parentElement.closest(".lipat") || menu; // a group stays with its menu
      if (!outer.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const inner = opened().filter((menu) => menu.contains(document.activeElement)).pop();
    if (!inner) return;
    inner.open = false;
    inner.querySelector("summary").focus();
  });
})();

// A form[data-sekali-kirim] is sent once: the second press does nothing. Coming back frees it again.
(() => {
  const free = (form) => {
    delete form.dataset.terkirim;
    form.querySelectorAll("[data-sedang-dikirim]").forEach((button) => {
      button.removeAttribute("data-sedang-dikirim");
      button.removeAttribute("aria-disabled");
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-sekali-kirim]")) return;
    if (form.dataset.terkirim) {
      event.preventDefault();
      return;
    }
    form.dataset.terkirim = "1";
    const button = event.submitter || form.querySelector("[type=submit]");
    if (button) {
      button.setAttribute("data-sedang-dikirim", "");
      button.setAttribute("aria-disabled", "true");
    }
    setTimeout(() => free(form), 15000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sekali-kirim]").forEach(free);
  });
})();

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

// A table wider than its box can be scrolled with the keyboard too, and says what it is.
(() => {
  const mark = () => document.querySelectorAll(".tabel-gulir").forEach((box) => {
    const wide = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    if (!wide) return box.removeAttribute("tabindex");
    const caption = box.querySelector("caption");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", caption ? caption.textContent.trim() : "Tabel yang dapat digulir");
  });
  mark();
  window.addEventListener("resize", mark);
  document.addEventListener("htmx:load", mark);
})();

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
