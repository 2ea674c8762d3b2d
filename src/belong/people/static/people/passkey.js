/* Passkeys: a form with data-passkey="create" or "get" asks the device and sends its answer as the form's
   `credential`. What the device is asked stands in the page (data-options: the id of a JSON script) or is fetched
   when the button is pressed (data-options-url). Without scripts, or without passkeys, these forms stay hidden and
   what has data-no-passkey says so: the password and the code do as well. */
(() => {
  "use strict";

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const create = async (asked) => {
    const made = await navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: withBytes(asked.excludeCredentials),
    } });
    return answer(made, {
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  };

  const get = async (asked) => {
    const used = await navigator.credentials.get({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      allowCredentials: withBytes(asked.allowCredentials),
    } });
    const handle = used.response.userHandle;
    return answer(used, {
      authenticatorData: toText(used.response.authenticatorData),
      signature: toText(used.response.signature),
      userHandle: handle ? toText(handle) : null,
    });
  };

  const answer = (credential, more) => ({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...more },
  });

  const options = async (form) => {
    const here = form.dataset.options && document.getElementById(form.dataset.options);
    if (here) return JSON.parse(here.textContent).publicKey;
    const reply = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error("no options");
    return (await reply.json()).publicKey;
  };

  const start = (form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-trouble]");
    const button = form.querySelector("button");
    trouble.hidden = true;
    button.disabled = true;
    try {
      const asked = await options(form);
      const found = await (form.dataset.passkey === "create" ? create(asked) : get(asked));
      form.elements.credential.value = JSON.stringify(found);
      form.submit();
    } catch {
      // The person closed the device's window, or it has no such key: nothing was sent.
      trouble.hidden = false;
      button.disabled = false;
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    for (const words of document.querySelectorAll("[data-no-passkey]")) words.hidden = true;
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      form.hidden = false;
      start(form);
    }
  });
})();
