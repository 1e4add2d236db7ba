// Saves a form's typing to the server while it is being written. Nothing is kept in the browser: PCs are shared.

const LONGEST_KEEPALIVE = 60000;
const NOT_SAVED = "Not saved. Check your connection, or sign in again in another tab. Your typing is still on this page";

function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    const field = form.elements.namedItem(name);
    if (value instanceof File || (field && field.type === "password")) data.delete(name);
  }
  return new URLSearchParams(data).toString();
}

/** The form's hidden field of this name; made where the page came without it. */
function hidden(form, name) {
  const found = form.elements.namedItem(name);
  if (found) return found;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = name;
  return form.appendChild(made);
}

/** Keeps the typing of a form that is saved in no other way, so that it outlives the session and the browser. */
export function keepForLater(form, keepUrl) {
  if (!form.querySelector("textarea, input[type=text]") || form.querySelector("input[type=password]")) return;
  const page = window.location.pathname + window.location.search;
  form.dataset.autosaveUrl = `${keepUrl}?${new URLSearchParams({ page, to: new URL(form.getAttribute("action") || "", location.href).pathname })}`;
  if (!form.querySelector("[data-autosave-status]")) {
    const status = document.createElement("p");
    status.className = "app-saved";
    status.setAttribute("role", "status");
    status.dataset.autosaveStatus = "";
    form.appendChild(status);
  }
  keepSaving(form);
}

/**
 * <form data-autosave-url="…" data-autosave-seconds="20"> posts its fields there when they have changed.
 * The server answers 2xx, with JSON {"saved_at": "10:42am", "fields": {…}} or nothing: "fields" are new values for
 * hidden fields, such as the version that was saved. When it refuses, {"words": "…"} says why. What is said goes to
 * [data-autosave-status].
 */
export function keepSaving(form) {
  const every = Number(form.dataset.autosaveSeconds || 20) * 1000;
  const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
  let saved = typed(form);
  let busy = false;
  let submitted = false;

  /** New values for hidden fields; what was typed meanwhile still differs from what was saved. */
  function take(body, fields) {
    const sent = new URLSearchParams(body);
    for (const [name, value] of Object.entries(fields)) {
      hidden(form, name).value = value;
      sent.set(name, value);
    }
    saved = sent.toString();
  }

  function say(words) {
    if (status && status.textContent !== words) status.textContent = words;
  }

  async function save() {
    const body = typed(form);
    if (busy || submitted || body === saved) return;
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
      const details = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      if (!answer.ok) {
        say(details.words || NOT_SAVED);
        return;
      }
      take(body, details.fields || {});
      say(details.saved_at ? `Saved at ${details.saved_at}` : "Saved");
      document.dispatchEvent(new CustomEvent("app:active"));
    } catch {
      say(NOT_SAVED);
    } finally {
      busy = false;
    }
  }

  window.setInterval(save, every);
  document.addEventListener("app:save-now", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  form.addEventListener("submit", () => { submitted = true; });
  window.addEventListener("pageshow", () => { submitted = false; });
}
