// Replay works by its links alone. This only spares loading the whole page at each step, and plays.
const slide = document.getElementById("slide");
if (slide) {
  const stage = document.getElementById("stage");
  const go = slide.querySelector("button");
  const play = Object.assign(document.createElement("button"), { type: "button", textContent: "Play" });
  go.replaceWith(play);
  let asked = 0;
  let timer = 0;

  const show = async (number) => {
    const mine = ++asked;
    stage.value = number;
    const query = new URLSearchParams(new FormData(slide));
    const address = `/replay?${query}`;
    const answer = await fetch(address);
    if (!answer.ok) { location.assign(address); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    // It takes longer than a page waits, and says so in a page of its own.
    if (!page.getElementById("step")) { location.assign(address); return; }
    for (const part of ["#step", "nav.steps", "#mark", "label[for=stage]"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    history.replaceState(null, "", address);
  };
  const stop = () => { clearTimeout(timer); timer = 0; play.textContent = "Play"; };
  const next = async () => {
    if (Number(stage.value) >= Number(stage.max)) { stop(); return; }
    await show(Number(stage.value) + 1);
    if (timer) timer = setTimeout(next, 900);
  };

  let waiting = 0;
  stage.addEventListener("input", () => {
    stop();
    clearTimeout(waiting);
    waiting = setTimeout(() => show(stage.value), 120);
  });
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (stage.value === stage.max) stage.value = 0;
    play.textContent = "Stop";
    timer = setTimeout(next, 0);
  });
  document.getElementById("walk").addEventListener("click", (event) => {
    const step = event.target.closest("a[data-step]");
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stop();
    const to = { first: 1, previous: Number(stage.value) - 1, next: Number(stage.value) + 1, last: stage.max };
    show(to[step.dataset.step]);
  });
}
