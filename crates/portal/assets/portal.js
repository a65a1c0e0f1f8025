// Progressive only: every page works without this file.
"use strict";
// <form data-submit>: choosing is sending. Its own button is for who has no script.
for (const form of document.querySelectorAll("form[data-submit]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
}
// <button class="only-script" type="button" data-print>
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
// A form is sent once: what is pressed twice would be saved twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
// A form that came back with faults: to the list of them.
const faults = document.querySelector(".ds-error-summary");
if (faults) {
  faults.tabIndex = -1;
  faults.focus();
}
// <form data-live="PART">: typing asks for the same page and puts its part in place. The newest question wins.
for (const form of document.querySelectorAll("form[data-live]")) {
  let asked = 0;
  form.addEventListener("input", async () => {
    const mine = (asked += 1);
    await new Promise((rested) => setTimeout(rested, 120));
    if (mine !== asked) return;
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.action}?${query}`);
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine === asked) document.getElementById(form.dataset.live).replaceChildren(...page.getElementById(form.dataset.live).childNodes);
  });
}
