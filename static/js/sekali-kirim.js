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
