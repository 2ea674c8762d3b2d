"""What a school tells us about its Google or Microsoft sign-in, and which account there is whose here."""

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.oidc.kinds import CHOICES, GOOGLE, MICROSOFT, NAMES, Endpoints, endpoints


class SignInProvider(SchoolModel):
    """A school's own registration with Google or Microsoft.

    `home` is the school's Google domain or its Entra tenant id. The secret is sealed, never shown again after saving
    and in no export.
    """

    GOOGLE, MICROSOFT = GOOGLE, MICROSOFT

    kind = models.CharField(max_length=10, choices=CHOICES)
    client_id = models.CharField(max_length=200)
    client_secret = EncryptedTextField(purpose="people.sign_in_secret")
    home = models.CharField("domain or tenant id", max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="one_sign_in_provider_per_kind")
        ]

    def __str__(self) -> str:
        return NAMES[self.kind]

    @property
    def endpoints(self) -> Endpoints:
        """Where this provider answers for this school."""
        return endpoints(self.kind, self.home)


class LinkedAccount(SchoolModel):
    """The Google or Microsoft account by which a member of staff signs in at one school.

    `issuer` and `subject` recognise it: Google's `sub`, Microsoft's `oid` in the tenant that `issuer` names. `label`
    is the address it had when it was linked, kept only so that people see which account it is.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="linked_accounts")
    kind = models.CharField(max_length=10, choices=CHOICES)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    label = models.CharField(max_length=160, blank=True)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "issuer", "subject"], name="one_person_per_linked_account"
            ),
            models.UniqueConstraint(fields=["user", "kind"], name="one_linked_account_per_kind"),
        ]

    def __str__(self) -> str:
        return NAMES[self.kind]
