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
