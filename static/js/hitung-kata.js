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
