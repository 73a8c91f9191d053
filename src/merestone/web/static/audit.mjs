// The button says that it was heard: looking through a long record takes a while. Without script the browser shows that it waits.
const button = document.getElementById("verify");
button?.form.addEventListener("submit", () => {
  button.disabled = true;
  button.textContent = "Looking through the record …";
});
addEventListener("pageshow", (shown) => {
  if (shown.persisted && button) {
    button.disabled = false;
    button.textContent = "Verify now";
  }
});
