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
