// Words that were asked for stand out in the text and in the original at once. Without this script the one that was asked for does.

const given = document.querySelector(".given");
const pane = document.querySelector("#original");

function show() {
  const asked = location.hash.slice(1).replace(/^k-/, "").replace(/^o/, "c");
  for (const lit of document.querySelectorAll(".here")) lit.classList.remove("here");
  const lit = asked ? [...document.querySelectorAll(`[data-of="${CSS.escape(asked)}"]`)] : [];
  for (const each of lit) each.classList.add("here");
  given.classList.toggle("led", lit.some((each) => given.contains(each)));
  const there = lit.find((each) => pane.contains(each));
  const box = there?.closest(".source, .sheets, #original");
  if (there && box && location.hash[1] !== "o") {
    box.scrollTop += there.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}

given?.addEventListener("click", (click) => {
  const on = click.target.closest(".lit.claim");
  if (!on || click.target.closest("a") || !getSelection().isCollapsed) return;
  location.hash = `#k-${on.dataset.of}`;
});

addEventListener("keydown", (press) => {
  const open = document.querySelector(".card:target .shut");
  if (press.key === "Escape" && open) open.click();
});

addEventListener("hashchange", show);
show();
