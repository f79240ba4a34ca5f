// Passkeys: asks the browser for one and puts what it answers into the form, which then is sent as any other.
// Without JavaScript these forms stay hidden; a password with an authenticator app does without it.

const FROM_BYTES = ["challenge"];

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function words(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(options) {
  const made = { ...options };
  for (const name of FROM_BYTES) made[name] = bytes(made[name]);
  if (made.user) made.user = { ...made.user, id: bytes(made.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (made[list]) made[list] = made[list].map((known) => ({ ...known, id: bytes(known.id) }));
  }
  return made;
}

function asJson(credential) {
  const { response } = credential;
  const answered = { clientDataJSON: words(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answered[name] = words(response[name]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: words(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answered,
  };
}

async function ask(form) {
  if (form.dataset.passkey === "add") {
    const { publicKey } = JSON.parse(form.dataset.options);
    return navigator.credentials.create({ publicKey: withBytes(publicKey) });
  }
  let options = form.dataset.options && JSON.parse(form.dataset.options);
  if (!options) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    options = (await answer.json()).request_options;
  }
  return navigator.credentials.get({ publicKey: withBytes(options.publicKey) });
}

export function startPasskeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify(asJson(await ask(form)));
        form.submit();
      } catch {
        // Refused, timed out, or not to be had: the browser does not say which, and neither do we.
        form.querySelector("[data-passkey-fault]").hidden = false;
      }
    });
  }
}
