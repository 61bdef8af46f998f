// Asks for the cockpit's numbers again every minute while the page is seen; without JavaScript the page is reloaded by hand.
(() => {
  const kokpit = document.getElementById("kokpit");
  if (!kokpit || !window.htmx) return;
  const SETIAP = 60_000;
  let terakhir = Date.now();
  let terbuka = [];

  const segarkan = () => {
    // A reader in the middle of it keeps their place: a link that has the focus is not taken away.
    if (document.hidden || kokpit.contains(document.activeElement)) return;
    if (Date.now() - terakhir < SETIAP) return;
    terakhir = Date.now();
    window.htmx.trigger(kokpit, "segarkan");
  };

  kokpit.addEventListener("htmx:beforeSwap", () => {
    terbuka = [...kokpit.querySelectorAll("details[open][id]")].map((d) => d.id);
  });
  kokpit.addEventListener("htmx:afterSwap", () => {
    for (const id of terbuka) document.getElementById(id)?.setAttribute("open", "");
  });
  setInterval(segarkan, 5_000);
  document.addEventListener("visibilitychange", segarkan);
})();
