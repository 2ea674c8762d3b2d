"""The answer a school owes to those it asked: you asked, we heard, we did."""

import secrets

from django.db import models

from belong.base.models import SchoolModel


def new_share_code() -> str:
    """The unguessable end of a public address, 128 bits."""
    return secrets.token_urlsafe(16)


class Response(SchoolModel):
    """What the school tells the people it asked in one wave. Nobody outside staff sees it before it is published.

    Pupils and families read it without signing in, at an address with `share_code` that is printed and sent to them;
    it holds no name and no number below a release.
    """

    wave = models.OneToOneField("ask.Wave", on_delete=models.CASCADE, related_name="response")
    share_code = models.CharField(max_length=32, unique=True, default=new_share_code, editable=False)
    thanks = models.TextField(max_length=600, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class ResponseItem(SchoolModel):
    """One thing heard and what became of it. A plan, where there is one, lets a later wave say whether it moved."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    heard = models.CharField(max_length=400)
    did = models.CharField(max_length=600)
    plan = models.ForeignKey("act.Plan", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "id"]
