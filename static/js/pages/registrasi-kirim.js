// form[data-kirim-pasti]: sends with the form's own key and goes on sending until the server has answered, so that a
// dead connection or a full server costs nothing but time. The same key never counts twice (registrasi/actions/pengiriman.py).
// Whatever is neither a receipt nor "come back later" is left to a plain POST, which shows the page of the server.
(() => {
  const form = document.querySelector("form[data-kirim-pasti]");
  if (!form || !window.fetch || !window.AbortSignal || !AbortSignal.timeout) return;
  const panel = form.querySelector("[data-kirim-keadaan]");
  const words = form.querySelector("[data-kirim-kata]");
  const later = new Set([429, 502, 503, 504]);
  let sending = false;
  let wake = () => {};
  const pause = (ms) => new Promise((resolve) => { wake = resolve; setTimeout(resolve, ms); });
  const guard = (event) => event.preventDefault();
  const say = (text) => { words.textContent = text; };
  const plain = () => { // its own submit(), so that no listener takes it for a second press
    window.removeEventListener("beforeunload", guard);
    HTMLFormElement.prototype.submit.call(form);
  };
  const attempt = (body) => fetch(form.action || location.href, {
    method: "POST", body, credentials: "same-origin", redirect: "manual",
    headers: { Accept: "application/json" }, signal: AbortSignal.timeout(30000),
  }).catch(() => null);
  const deliver = async () => {
    const body = new URLSearchParams(new FormData(form));
    for (let count = 1; ; count += 1) {
      say(count > 1 ? `Percobaan ke-${count}.` : "");
      const answer = await attempt(body);
      if (answer && answer.ok) {
        const receipt = await answer.json().catch(() => null);
        if (receipt && receipt.tautan) {
          window.removeEventListener("beforeunload", guard);
          form.dispatchEvent(new Event("isian-terkirim"));
          return location.assign(receipt.tautan);
        }
      }
      if (answer && !later.has(answer.status)) return plain();
      const wait = window.jedaUlang(answer, count);
      const why = answer ? "Layanan sedang ramai." : "Sambungan terputus.";
      say(`${why} Dikirim lagi sendiri dalam ${window.kataDetik(wait)}.`);
      await pause(wait);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    window.addEventListener("beforeunload", guard);
    deliver();
  });
  window.addEventListener("online", () => wake());
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // a new key, and what became of it
})();
