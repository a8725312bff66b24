// Nothing here is needed: it moves the focus to what went wrong, keeps a form from leaving twice, and
// says of files that are too large, or too many, before they are sent.
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
  const { most, mostFiles, mostTogether } = input.dataset;
  const against = (files) => {
    const large = files.filter((file) => file.size > most * 1e6).map((file) => file.name);
    const megabytes = files.reduce((sum, file) => sum + file.size, 0) / 1e6;
    if (large.length) return `${large.join(", ")} ${large.length > 1 ? "are" : "is"} larger than ${most} MB, and cannot be kept. Save it with smaller pictures, or choose the pages that matter.`;
    if (files.length > mostFiles) return `These are ${files.length} files, and ${mostFiles} at most go at once. Add the others afterwards.`;
    if (megabytes > mostTogether) return `These are ${Math.ceil(megabytes)} MB together, and ${mostTogether} MB at most go at once. Add some of them afterwards.`;
    return "";
  };
  input.addEventListener("change", () => {
    told.textContent = against([...input.files]);
    input.after(told);
    if (told.textContent) input.value = "";
  });
}
