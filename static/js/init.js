// Starts the vendored components, then ours. Everything here is an extra: pages work without it.
// Every import ends in a semicolon: the hashed-name rewriting of static files skips those that do not.
import { initAll as startGovuk } from "../vendor/js/govuk-frontend.min.js";
import { initAll as startMoj } from "../vendor/js/moj-frontend.min.js";
import { keepForLater, keepSaving } from "./autosave.js";
import { watchSession } from "./session.js";

const SPOKEN_FOR_MS = 4000;

/** A button that copies the text of the element it names. It stays hidden where it could not work. */
function offerCopy(button) {
  const source = document.getElementById(button.dataset.copyTarget);
  const status = document.getElementById(button.dataset.copyStatus);
  if (!source || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = "value" in source ? source.value : source.innerText;
    try {
      await navigator.clipboard.writeText(text.trim());
      status.textContent = "Copied";
    } catch {
      status.textContent = "Not copied. Select the text and copy it yourself";
    }
    window.setTimeout(() => { status.textContent = ""; }, SPOKEN_FOR_MS);
  });
}

/** Says how many rows are selected, as they are. */
function countSelected(form) {
  const status = form.querySelector("[data-selected-count]");
  if (!status) return;
  const tell = () => {
    const count = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
    status.textContent = count ? `${count} selected` : "";
  };
  form.addEventListener("click", () => window.setTimeout(tell, 0));
  tell();
}

/** A print button, where the browser can print. */
function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** The vendored radios set aria-expanded, which ARIA does not allow on a radio: take it off as it comes. */
function tidyRadios(changes) {
  for (const { target } of changes) {
    if (target.matches(".govuk-radios__input[aria-expanded]")) target.removeAttribute("aria-expanded");
  }
}

new MutationObserver(tidyRadios).observe(document.body, { attributeFilter: ["aria-expanded"], subtree: true });
startGovuk();
startMoj();
document.querySelectorAll("[data-copy-target]").forEach(offerCopy);
document.querySelectorAll("form[data-selection]").forEach(countSelected);
document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-autosave-url]").forEach(keepSaving);
document.querySelectorAll("dialog[data-session-keep]").forEach((dialog) => {
  document.querySelectorAll("main form[method=post]:not([data-autosave-url])").forEach((form) => {
    keepForLater(form, dialog.dataset.sessionKeep);
  });
});
document.querySelectorAll("dialog[data-session-seconds]").forEach(watchSession);
