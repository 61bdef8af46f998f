// Timer of an interview: [data-penghitung] counts the presentation, then the questions, by the server's time.
(() => {
  const seen = new WeakMap(); // element -> when this page first had it; the board brings new ones
  const clock = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}.${String(seconds % 60).padStart(2, "0")}`;
  const put = (el, text) => { if (el.textContent !== text) el.textContent = text; };
  const show = (el) => {
    if (!seen.has(el)) seen.set(el, performance.now());
    const now = Date.parse(el.dataset.sekarang) + performance.now() - seen.get(el);
    const passed = Math.max(0, Math.floor((now - Date.parse(el.dataset.mulai)) / 1000));
    const first = Number(el.dataset.paparan) * 60;
    const whole = first + Number(el.dataset.tanya) * 60;
    if (Number.isNaN(passed) || Number.isNaN(whole)) return;
    const out = el.querySelector("[data-sisa]");
    out.hidden = false;
    el.toggleAttribute("data-habis", passed >= whole);
    put(el.querySelector("[data-bagian-sesi]"), passed < first ? "Paparan" : passed < whole ? "Tanya jawab" : "Waktu sesi sudah habis");
    put(out, passed < first ? clock(first - passed) : passed < whole ? clock(whole - passed) : `+${clock(passed - whole)}`);
  };
  const tick = () => {
    document.querySelectorAll("[data-penghitung]").forEach(show);
    setTimeout(tick, 500);
  };
  tick();
})();
