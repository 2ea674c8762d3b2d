"""What a school writes down about its registration with Google or Microsoft."""

from typing import Any
from uuid import UUID

from django import forms

from belong.people.oidc.kinds import GOOGLE, home_of
from belong.people.oidc.models import SignInProvider

WORDS = {
    "google": {
        "home": (
            "The school’s Google domain",
            "The part after the @ in staff addresses, such as oakpark.sch.uk.",
        ),
        "client_id": ("Client ID", "Ends in .apps.googleusercontent.com"),
        "client_secret": ("Client secret", "Google shows it once, when the client is made."),
    },
    "microsoft": {
        "home": ("Directory (tenant) ID", "On the Overview page of the app registration."),
        "client_id": ("Application (client) ID", "On the same page."),
        "client_secret": (
            "Client secret: its value",
            "From Certificates & secrets. Copy the Value, not the Secret ID; Microsoft shows it once.",
        ),
    },
}


class ProviderForm(forms.Form):
    """Domain or tenant, client id, and the secret, which is asked for again only to replace it."""

    home = forms.CharField(max_length=253)
    client_id = forms.CharField(max_length=200)
    client_secret = forms.CharField(
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, kind: str, held: SignInProvider | None, **kwargs: Any) -> None:
        if held:
            kwargs["initial"] = {"home": held.home, "client_id": held.client_id}
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, (label, help_text) in WORDS[kind].items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
            self.fields[name].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        if held:
            secret = self.fields["client_secret"]
            secret.required = False
            secret.help_text = "One is kept and is never shown. Leave this empty to keep it."

    def clean_home(self) -> str:
        try:
            return home_of(self.kind, self.cleaned_data["home"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_client_id(self) -> str:
        word = str(self.cleaned_data["client_id"])
        if self.kind == GOOGLE:
            if not word.endswith(".apps.googleusercontent.com"):
                raise forms.ValidationError("A Google client ID ends in .apps.googleusercontent.com.")
            return word
        if not _is_uuid(word):
            raise forms.ValidationError(
                "An application ID looks like 00001111-aaaa-2222-bbbb-3333cccc4444; it stands on the Overview page."
            )
        return word.lower()

    def clean_client_secret(self) -> str:
        word = str(self.cleaned_data["client_secret"])
        if self.kind != GOOGLE and _is_uuid(word):
            raise forms.ValidationError(
                "This looks like the Secret ID. The Value is what is needed: the longer one, in the column beside it."
            )
        return word


def _is_uuid(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True
