// Warns before the server ends a quiet session, and extends it with one action.

const TABS = "session";

function inWords(seconds) {
  const minutes = Math.round(seconds / 60);
  return seconds > 60 ? `${minutes} minutes` : seconds > 30 ? "1 minute" : "less than 1 minute";
}

/** This page, with what was typed on it and kept. */
function backTo() {
  const kept = document.querySelector("main form [name=kept]");
  const query = new URLSearchParams(window.location.search);
  if (kept && kept.value) query.set("kept", kept.value);
  return window.location.pathname + (query.size ? `?${query}` : "");
}

/**
 * <dialog data-session-seconds="1800" data-session-warn="120" data-session-extend="…" data-session-ended="…">
 * Opens when warn seconds are left. "Stay signed in" (or Escape) posts to extend; at the end the page goes to ended,
 * so that no record is left on an unattended screen. Other tabs of the same person are told.
 */
export function watchSession(dialog) {
  const { sessionSeconds, sessionWarn, sessionExtend, sessionEnded } = dialog.dataset;
  const whole = Number(sessionSeconds) * 1000;
  const notice = Number(sessionWarn || 120) * 1000;
  const left = dialog.querySelector("[data-session-left]");
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(TABS) : null;
  let ends = Date.now() + whole;

  function renew(tell) {
    ends = Date.now() + whole;
    if (dialog.open) dialog.close();
    if (tell && tabs) tabs.postMessage("active");
  }

  async function extend() {
    try {
      const answer = await fetch(sessionExtend, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: token ? { "X-CSRFToken": token.value } : {},
      });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      renew(true);
    } catch {
      left.textContent = "We could not keep you signed in. Copy any text you need, then sign in again.";
    }
  }

  function look() {
    const seconds = (ends - Date.now()) / 1000;
    if (seconds <= 0) {
      window.location.assign(`${sessionEnded}?next=${encodeURIComponent(backTo())}`);
    } else if (seconds * 1000 <= notice) {
      const words = `You will be signed out in ${inWords(seconds)}.`;
      if (!dialog.open) {
        document.dispatchEvent(new CustomEvent("app:save-now"));
        dialog.showModal();
      }
      if (left.textContent !== words) left.textContent = words;
    }
  }

  dialog.querySelector("[data-session-stay]").addEventListener("click", extend);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); extend(); });
  document.addEventListener("app:active", () => renew(true));
  if (tabs) {
    tabs.addEventListener("message", () => renew(false));
    tabs.postMessage("active");
  }
  window.setInterval(look, 1000);
}
