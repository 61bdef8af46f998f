// [data-tampil-bila="name"] is shown while the field of that name has one of data-tampil-nilai (JSON), or, with
// data-tampil-bukan, has another than those. What is hidden keeps its text and answers nothing to those after it.
(() => {
  const parts = [...document.querySelectorAll("[data-tampil-bila]")];
  if (!parts.length) return;
  const answer = (name) => {
    const field = document.querySelector(`[name="${CSS.escape(name)}"]:checked`);
    return field && !field.closest("[hidden]") ? field.value : "";
  };
  const show = () => parts.forEach((part) => {
    const given = answer(part.dataset.tampilBila);
    const among = JSON.parse(part.dataset.tampilNilai).includes(given);
    const asked = Boolean(given) && among !== part.hasAttribute("data-tampil-bukan");
    part.hidden = !asked && !part.querySelector(".salah");
  });
  document.addEventListener("change", show);
  show();
})();
