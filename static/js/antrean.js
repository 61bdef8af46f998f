// The page "Anda dalam antrean": counts down, asks whether the server is there, then reads or sends again by itself.
// Also what all retries share: how long the server asked to wait.
(() => {
  // Milliseconds until the next try: what Retry-After says, else longer each time; a little apart from each other.
  window.jedaUlang = (answer, attempt) => {
    const asked = Number(answer && answer.headers.get("Retry-After"));
    const seconds = asked > 0 ? Math.min(asked, 120) : Math.min(2 ** attempt, 30);
    return Math.round(seconds * 1000 * (1 + Math.random() / 5));
  };
  window.kataDetik = (ms) => `${Math.max(1, Math.ceil(ms / 1000))} detik`;
  const box = document.querySelector("[data-antrean]");
  const again = box && box.querySelector("[data-antrean-ulang]");
  const held = box && box.querySelector("form[data-antrean-isian]");
  let leaving = false;
  if (held) {
    held.addEventListener("submit", () => { leaving = true; });
    window.addEventListener("beforeunload", (event) => { if (!leaving) event.preventDefault(); });
  }
  if (!again) return;
  const words = box.querySelector("[data-antrean-kata]");
  const act = again.matches("form") ? "Isian dikirim lagi" : "Halaman ini mencoba lagi";
  const go = async () => {
    words.textContent = "Menghubungi peladen";
    const there = await fetch("/sehat/", { cache: "no-store", signal: AbortSignal.timeout(10000) }).then((a) => a.ok, () => false);
    if (!there) return count(10, "Peladen belum terhubung. ");
    leaving = true;
    if (again.matches("form")) again.submit();
    else location.replace(again.href);
  };
  const count = (left, why = "") => {
    if (left <= 0) return go();
    words.textContent = `${why}${act} sendiri dalam ${left} detik.`;
    return setTimeout(() => count(left - 1, why), 1000);
  };
  count(Number(box.dataset.antrean) || 8);
})();
