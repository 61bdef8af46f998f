// form[data-simpan-lokal]: what is typed is kept in this tab until the server has it, so that an expired session,
// a lost network or a closed page loses nothing. On coming back, the difference is offered, never filled in unasked.
(() => {
  const form = document.querySelector("form[data-simpan-lokal]");
  if (!form) return;
  const key = `isian:${location.pathname}`;
  const mine = (field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type);
  const read = () => {
    const values = {};
    [...form.elements].filter(mine).forEach((field) => {
      if (field.type === "radio") values[field.name] = field.checked ? field.value : values[field.name] ?? "";
      else values[field.name] = field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
    });
    return values;
  };
  const same = (a, b) => String(a ?? "").trim().replace(/\r\n/g, "\n") === String(b ?? "").trim().replace(/\r\n/g, "\n");
  const load = () => {
    try { return JSON.parse(sessionStorage.getItem(key)) || {}; } catch { return {}; }
  };
  const keep = (values) => {
    try {
      if (Object.keys(values).length) sessionStorage.setItem(key, JSON.stringify(values));
      else sessionStorage.removeItem(key);
    } catch { /* a full or forbidden store is no reason to stop typing */ }
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
  let held = load();
  const lost = Object.entries(held).filter(([name, value]) => name in atStart && !same(value, atStart[name]));
  if (lost.length && !rendered) offer(lost);
  else keep((held = {}));
  function offer(items) {
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", "alert");
    const body = document.createElement("div");
    body.className = "pulih";
    const words = document.createElement("p");
    words.textContent = `Ada ${items.length} isian di perangkat ini yang belum tersimpan di peladen.`;
    const row = document.createElement("div");
    row.className = "deret";
    const button = (text, kind, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${kind} btn-sm`, textContent: text });
      made.addEventListener("click", () => { box.remove(); act(); });
      row.append(made);
    };
    button("Pulihkan isian saya", "btn-primary", () => items.forEach(([name, value]) => write(name, value)));
    button("Abaikan", "btn-biasa", () => keep((held = {})));
    body.append(words, row);
    box.append(body);
    form.before(box);
  }
  let timer;
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = read();
      Object.keys(now).filter((name) => !same(now[name], atStart[name])).forEach((name) => { held[name] = now[name]; });
      keep(held);
    }, 300);
  };
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
  form.addEventListener("submit", () => {
    const now = read();
    Object.keys(now).filter((name) => !same(now[name], atStart[name])).forEach((name) => { held[name] = now[name]; });
    keep(held);
  });
})();
