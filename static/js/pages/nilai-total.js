// Running weighted total of form[data-nilai-total]: points = value x weight / scale, exact, two decimals half up.
(() => {
  const read = (text) => { // "3,75" to [375n, 2]; null when it is no number
    const match = /^(\d+)(?:[.,](\d+))?$/.exec(String(text || "").trim());
    return match ? [BigInt(match[1] + (match[2] || "")), (match[2] || "").length] : null;
  };
  const unit = 10n ** 12n;
  const points = (field) => {
    const [value, weight, scale] = [field.dataset.nilai || field.value, field.dataset.bobot, field.dataset.skala || "100"].map(read);
    if (!value || !weight || !scale || scale[0] === 0n) return null;
    return (value[0] * weight[0] * unit * 10n ** BigInt(scale[1])) / (scale[0] * 10n ** BigInt(value[1] + weight[1]));
  };
  const write = (amount) => {
    const cents = (amount * 100n + unit / 2n) / unit;
    const text = String(cents).padStart(3, "0");
    return `${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${text.slice(-2)}`;
  };
  const filled = (field) => (field.type === "radio" ? field.checked : field.value !== "");
  const update = (form) => {
    const sums = new Map([["", 0n]]);
    form.querySelectorAll("[data-bobot]").forEach((field) => {
      const group = field.dataset.kelompok || "";
      if (!sums.has(group)) sums.set(group, 0n);
      const gained = filled(field) ? points(field) : null;
      if (gained === null) return;
      sums.set("", sums.get("") + gained);
      if (group) sums.set(group, sums.get(group) + gained);
    });
    form.querySelectorAll("[data-total]").forEach((out) => { out.textContent = write(sums.get("")); });
    form.querySelectorAll("[data-total-kelompok]").forEach((out) => { out.textContent = write(sums.get(out.dataset.totalKelompok) || 0n); });
  };
  const watch = (event) => {
    const form = event.target.closest && event.target.closest("form[data-nilai-total]");
    if (form) update(form);
  };
  document.addEventListener("input", watch);
  document.addEventListener("change", watch);
  document.querySelectorAll("form[data-nilai-total]").forEach(update);
})();
