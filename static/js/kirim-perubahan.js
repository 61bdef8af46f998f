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
