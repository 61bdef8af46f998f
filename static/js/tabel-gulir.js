// A table wider than its box can be scrolled with the keyboard too, and says what it is.
(() => {
  const mark = () => document.querySelectorAll(".tabel-gulir").forEach((box) => {
    const wide = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    if (!wide) return box.removeAttribute("tabindex");
    const caption = box.querySelector("caption");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", caption ? caption.textContent.trim() : "Tabel yang dapat digulir");
  });
  mark();
  window.addEventListener("resize", mark);
  document.addEventListener("htmx:load", mark);
})();
