// [data-cetak] prints the page; without this script the browser's own menu does.
document.querySelectorAll("[data-cetak]").forEach((button) => button.addEventListener("click", () => window.print()));
