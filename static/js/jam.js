// Countdowns by the server's clock: [data-sampai] with [data-sekarang], the instant the page was made.
(() => {
  const seen = new WeakMap(); // element -> when this page first had it
  const units = [["hari", 86400], ["jam", 3600], ["menit", 60], ["detik", 1]];
  const words = (seconds) => {
    const parts = [];
    let rest = seconds;
    for (const [name, size] of units) {
      const n = Math.floor(rest / size);
      rest %= size;
      if (n || parts.length || name === "detik") parts.push([n, name]);
    }
    return parts.slice(0, 2).filter(([n]) => n).map(([n, name]) => `${n} ${name}`).join(" ") || "0 detik";
  };
  const tick = () => {
    let soon = false;
    document.querySelectorAll("[data-sampai]").forEach((el) => {
      const made = Date.parse(el.dataset.sekarang);
      if (Number.isNaN(made)) return;
      if (!seen.has(el)) seen.set(el, performance.now());
      const left = Math.floor((Date.parse(el.dataset.sampai) - made - (performance.now() - seen.get(el))) / 1000);
      soon ||= left > 0 && left < 3600;
      const text = left > 0 ? `${words(left)} lagi` : "telah lewat";
      if (el.textContent !== text) el.textContent = text;
    });
    setTimeout(tick, soon ? 1000 : 20000);
  };
  tick();
})();
