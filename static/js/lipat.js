// A menu of the head folds away with Escape or a press beside it; without this, with its own word.
(() => {
  const opened = () => [...document.querySelectorAll(".kepala .lipat[open]")];
  document.addEventListener("click", (event) => {
    opened().forEach((menu) => {
      const outer = menu.parentElement.closest(".lipat") || menu; // a group stays with its menu
      if (!outer.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const inner = opened().filter((menu) => menu.contains(document.activeElement)).pop();
    if (!inner) return;
    inner.open = false;
    inner.querySelector("summary").focus();
  });
})();
