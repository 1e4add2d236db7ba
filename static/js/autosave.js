// Saves a form's typing to the server while it is being written. Nothing is kept in the browser: PCs are shared.

const LONGEST_KEEPALIVE = 60000;

function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    const field = form.elements.namedItem(name);
    if (value instanceof File || (field && field.type === "password")) data.delete(name);
  }
  return new URLSearchParams(data).toString();
}

/**
 * <form data-autosave-url="…" data-autosave-seconds="20"> posts its fields there when they have changed.
 * The server answers 2xx, with JSON {"saved_at": "10:42am"} or nothing. The words go to [data-autosave-status].
 */
export function keepSaving(form) {
  const every = Number(form.dataset.autosaveSeconds || 20) * 1000;
  const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
  let saved = typed(form);
  let busy = false;

  function say(words) {
    if (status && status.textContent !== words) status.textContent = words;
  }

  async function save() {
    const body = typed(form);
    if (busy || body === saved) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: body.length < LONGEST_KEEPALIVE,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1" },
      });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      saved = body;
      const details = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      say(details.saved_at ? `Saved at ${details.saved_at}` : "Saved");
      document.dispatchEvent(new CustomEvent("app:active"));
    } catch {
      say("Not saved. Check your connection, or sign in again in another tab. Your typing is still on this page");
    } finally {
      busy = false;
    }
  }

  const timer = window.setInterval(save, every);
  document.addEventListener("app:save-now", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  form.addEventListener("submit", () => window.clearInterval(timer));
}
