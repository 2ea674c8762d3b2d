// Words to begin with: a tap puts them into the box, where they can be changed.
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const box = document.getElementById(button.dataset.fill);
    box.value = button.textContent.trim();
    box.focus();
  });
}
