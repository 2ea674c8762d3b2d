"""Is this badge valid? For everybody who signs in here; and the two files that verifiers elsewhere need."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from belong.base.access import require
from belong.base.clock import now
from belong.base.errors import Refused
from belong.notice.badges import actions, keyring
from belong.notice.badges.credential import (
    Issuer,
    IssuerFileError,
    Outcome,
    StatusFileError,
    Verdict,
    read_issuer,
    read_status,
    verify,
)
from belong.notice.badges.credential.reading import LARGEST_FILE
from belong.notice.badges.forms import AddressForm, CheckForm
from belong.notice.badges.queries import status_lists
from belong.notice.badges.taking import status_document
from belong.notice.badges.views.sent import sent
from belong.notice.models import StatusList
from belong.people.confirming import password_again
from belong.people.models import School, User
from belong.people.request import SignedIn
from belong.web.messages import noted

MOST = LARGEST_FILE + 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn) -> HttpResponse:
    """Look at a badge file. Nothing is fetched, nothing is kept."""
    require(request.user, "notice.check_badge")
    form = CheckForm(*sent(request))
    verdict = None
    if request.method == "POST" and form.is_valid():
        try:
            verdict = _verdict(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
    facts = {"form": form, "verdict": verdict}
    return render(request, "notice/badges/check.html", facts, status=422 if form.errors else 200)


@login_required
@require_safe
def keys(request: SignedIn) -> HttpResponse:
    """The school's keys for badges, its addresses, and its lists of withdrawn badges."""
    require(request.user, "notice.manage_badges")
    return _keys_page(request, AddressForm(initial=request.user.school.settings.get(keyring.SETTING, {})))


@login_required
@require_POST
def addresses(request: SignedIn) -> HttpResponse:
    """Set the addresses."""
    require(request.user, "notice.manage_badges")
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            actions.set_addresses(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, "Kept. Badges taken along from now on carry these addresses.")
            return redirect("notice:badge-keys")
    return _keys_page(request, form)


@login_required
@password_again
@require_POST
def new_key(request: SignedIn) -> HttpResponse:
    """A new key from now on."""
    require(request.user, "notice.manage_badges")
    compromised = request.POST.get("compromised") == "yes"
    keyring.rotate(request.user.school, request.user, compromised=compromised)
    noted(request, "A new key signs from now on. Give verifiers the new key file.")
    return redirect("notice:badge-keys")


@require_safe
def issuer_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's key file, for anybody: its name and public keys."""
    school = get_object_or_404(School, slug=slug)
    with scope(school=school):
        try:
            document = keyring.issuer_file(school)
        except Refused:
            raise Http404 from None
    return _public(json.dumps(document, ensure_ascii=False, indent=2))


@require_safe
def status_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A list of withdrawn badges, for anybody: one bit a badge, no names."""
    found = StatusList._base_manager.select_related("school").filter(uid=uid).first()
    if found is None:
        raise Http404
    with scope(school=found.school):
        return _public(status_document(found))


def _verdict(
    user: User, badge: UploadedFile, issuer: UploadedFile | None, status: UploadedFile | None
) -> Verdict:
    """What our verifier says; of a badge of this school with the keys and lists that are here."""
    school = user.school
    try:
        known = read_issuer(_text(issuer)) if issuer else _own_keys(school)
        listed = read_status(_read(status)) if status else None
    except IssuerFileError as no:
        raise Refused(f"The key file cannot be used: {no}.") from None
    except StatusFileError as no:
        raise Refused(f"The list of withdrawn badges cannot be used: {no}.") from None
    data = _read(badge)
    if listed or issuer or known is None:
        return verify(data, issuer=known, status=listed, at=now())
    verdict = verify(data, issuer=known, at=now())
    for one in status_lists(school) if verdict.outcome is Outcome.UNSURE else ():
        with_list = verify(data, issuer=known, status=read_status(status_document(one).encode()), at=now())
        if with_list.outcome is not Outcome.UNSURE:
            return with_list
    return verdict


def _own_keys(school: School) -> Issuer | None:
    try:
        return read_issuer(json.dumps(keyring.issuer_file(school)))
    except Refused:
        return None


def _read(upload: UploadedFile) -> bytes:
    data: bytes = upload.read(MOST)
    return data


def _text(upload: UploadedFile) -> str:
    return _read(upload).decode("utf-8", "replace")


def _keys_page(request: SignedIn, form: AddressForm) -> HttpResponse:
    school = request.user.school
    facts = {"keys": keyring.keys_of(school), "lists": status_lists(school), "form": form}
    return render(request, "notice/badges/keys.html", facts, status=422 if form.errors else 200)


def _public(document: str) -> HttpResponse:
    answer = HttpResponse(document, content_type="application/json; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
