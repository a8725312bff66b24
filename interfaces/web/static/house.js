// Nothing here is needed: it moves the focus to what went wrong, keeps a form from leaving twice, and
// says of a file that is too large before it is sent.
document.getElementById("summary")?.focus();
for (const form of document.querySelectorAll("form.command")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    // Whoever comes back to the page can send the form again.
    addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
  });
}
for (const input of document.querySelectorAll('input[type="file"][data-most]')) {
  const told = document.createElement("p");
  told.className = "error";
  told.setAttribute("role", "alert");
  input.addEventListener("change", () => {
    const isLarge = input.files[0]?.size > Number(input.dataset.most) * 1e6;
    told.textContent = isLarge ? `${input.files[0].name} is larger than ${input.dataset.most} MB, and cannot be kept. Save it with smaller pictures, or choose the pages that matter.` : "";
    input.after(told);
    if (isLarge) input.value = "";
  });
}
