// A page of a long form saves itself while somebody types, so that a crash loses nothing. Without it every page has its own button.

const WAIT = 2_000; // after the last key

export function startSavingItself() {
  for (const form of document.querySelectorAll("form[data-rowan-saves-itself]")) {
    savesItself(form);
  }
}

function savesItself(form) {
  const says = form.querySelector("[data-rowan-saved]");
  const time = form.elements.namedItem("time");
  let waiting = null;
  let elsewhere = false;
  const button = form.dataset.rowanSavesItself || "Save and continue";

  async function save() {
    // Each saving says the how-manieth it is: one that arrives late does not write over a later one.
    time.value = String(Number(time.value || 0) + 1);
    const data = new FormData(form);
    data.set("by_itself", "yes");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), redirect: "manual" });
      if (answer.status === 409) {
        elsewhere = true;
        says.textContent = `This page was saved in another window. Press ${button} to see both.`;
      } else if (answer.ok) {
        says.textContent = `Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" })}`;
      } else {
        says.textContent = `Not saved: you may have been signed out. Keep this page open, sign in again in another window, then press ${button}.`;
      }
    } catch {
      says.textContent = `Not saved: there is no connection. Keep this page open and press ${button} later.`;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!elsewhere) {
      waiting = setTimeout(save, WAIT);
    }
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    time.value = String(Number(time.value || 0) + 1);
  });
}
