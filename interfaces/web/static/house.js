// Nothing here is needed: it moves the focus to what went wrong, and keeps a form from leaving twice.
document.getElementById("summary")?.focus();
for (const form of document.querySelectorAll("form.command")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    // Whoever comes back to the page can send the form again.
    addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
  });
}
