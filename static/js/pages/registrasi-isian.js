// form[data-simpan-lokal="<person>"]: what is typed is kept on this device until the server has it, so that an expired
// session, a lost network or a closed tab loses nothing. On coming back, the difference is offered to the same person,
// field by field named, never filled in unasked; on a page that is read only (data-hanya-baca) it is shown for copying.
// Forgotten after a week.
(() => {
  const form = document.querySelector("form[data-simpan-lokal]");
  if (!form) return;
  const own = "isian:";
  const key = `${own}${form.dataset.simpanLokal}:${location.pathname}`;
  const oldest = Date.now() - 7 * 86400 * 1000;
  const mine = (field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type);
  const read = () => {
    const values = {};
    [...form.elements].filter(mine).forEach((field) => {
      if (field.type === "radio") values[field.name] = field.checked ? field.value : values[field.name] ?? "";
      else values[field.name] = field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
    });
    return values;
  };
  const plain = (text) => String(text ?? "").trim().replace(/\r\n?/g, "\n");
  const number = (text) => { // 1.250,50 and 1250.5 are one figure (registrasi/rules/kinerja.py)
    const bare = text.replace(/\s/g, "");
    const point = (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replaceAll(".", "") : bare).replace(",", ".");
    return /^\d+(\.\d+)?$/.test(point) ? String(Number(point)) : bare;
  };
  const figures = new Set([...form.elements].filter((field) => field.matches("[inputmode=numeric], [inputmode=decimal]")).map((field) => field.name));
  const same = (a, b, name) => (figures.has(name) ? number(plain(a)) === number(plain(b)) : plain(a) === plain(b));
  const load = (from = key) => {
    try {
      const kept = JSON.parse(localStorage.getItem(from));
      return kept && kept.pada > oldest ? kept.isian : {};
    } catch { return {}; }
  };
  const keep = (values) => {
    try {
      if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ pada: Date.now(), isian: values }));
      else localStorage.removeItem(key);
    } catch { /* a full or forbidden store is no reason to stop typing */ }
  };
  const forgetOld = () => {
    try {
      Object.keys(localStorage).filter((k) => k.startsWith(own) && !Object.keys(load(k)).length).forEach((k) => localStorage.removeItem(k));
    } catch { /* as above */ }
  };
  const write = (name, value) => {
    const fields = [...form.elements].filter((field) => field.name === name && mine(field));
    fields.forEach((field) => {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    });
    const changed = fields.find((field) => field.type !== "radio" || field.checked);
    if (changed) ["input", "change"].forEach((kind) => changed.dispatchEvent(new Event(kind, { bubbles: true })));
  };
  const atStart = read();
  const rendered = document.querySelector(".galat, .bentrok, .alert[role=alert]"); // typed text came back with the page
  // Reload and Back ask for the page anew instead of offering to send it again; the text is offered from this device.
  if (rendered) history.replaceState(history.state, "", location.href);
  forgetOld();
  let held = load();
  const lost = Object.entries(held).filter(([name, value]) => name in atStart && !same(value, atStart[name], name));
  if (lost.length && !rendered) offer(lost);
  // A page that came back with its mistakes shows the text but has not stored it: it stays on the device till then.
  else keep((held = rendered ? Object.fromEntries(Object.entries(held).filter(([name]) => name in atStart)) : {}));
  function labelOf(name) {
    const field = [...form.elements].find((one) => one.name === name);
    const text = field && field.type !== "radio" && field.labels && field.labels[0] ? field.labels[0].textContent.trim() : "";
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  }
  function copyOf(name, value) {
    const label = Object.assign(document.createElement("label"), { className: "form-label", textContent: labelOf(name) });
    label.append(Object.assign(document.createElement("textarea"), { className: "form-control", readOnly: true, rows: 3, value }));
    return label;
  }
  function offer(items) {
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", "alert");
    const body = document.createElement("div");
    body.className = "pulih";
    const words = document.createElement("p");
    const labels = items.map(([name]) => labelOf(name)).filter(Boolean);
    words.textContent = `Ada ${items.length} isian di perangkat ini yang belum tersimpan di peladen${labels.length ? `: ${labels.join("; ")}` : ""}.`;
    const row = document.createElement("div");
    row.className = "deret";
    const button = (text, kind, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${kind} btn-sm`, textContent: text });
      made.addEventListener("click", () => { box.remove(); act(); });
      row.append(made);
    };
    body.append(words);
    if (form.dataset.hanyaBaca === undefined) {
      button("Pulihkan isian saya", "btn-primary", () => items.forEach(([name, value]) => write(name, value)));
    } else {
      words.textContent += " Isian tidak dapat diubah lagi; salin bila masih diperlukan.";
      items.forEach(([name, value]) => body.append(copyOf(name, value)));
    }
    button("Abaikan", "btn-biasa", () => keep((held = {})));
    body.append(row);
    box.append(body);
    form.before(box);
  }
  let timer;
  const note = () => {
    const now = read();
    Object.keys(now).filter((name) => !same(now[name], atStart[name], name)).forEach((name) => { held[name] = now[name]; });
    keep(held);
  };
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(note, 300);
  };
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
  form.addEventListener("submit", note);
  window.addEventListener("pagehide", () => Object.keys(held).length && note());
  // Saved by itself: the server's text is now the start, and nothing of this field has to be kept.
  form.addEventListener("isian-tersimpan", ({ target, detail }) => {
    atStart[target.name] = detail;
    if (same(read()[target.name], detail, target.name)) delete held[target.name];
    keep(held);
  });
  form.addEventListener("isian-terkirim", () => { clearTimeout(timer); keep((held = {})); });
})();
