"""Finding a sign-in by user name or e-mail, in the same time whether or not there is one."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django_scopes import scopes_disabled

from belong.base.prepared import prepared
from belong.people.models import User


def find_user(name: str) -> User | None:
    """The sign-in of that user name, else the only one whose person has that e-mail; case does not matter."""
    wanted = name.strip().lower()
    if not wanted or "\x00" in wanted:
        return None
    with scopes_disabled():
        if user := User.objects.filter(username=wanted).select_related("person", "school").first():
            return user
        if "@" not in wanted:
            return None
        by_mail = User.objects.filter(person__email__iexact=wanted).select_related("person", "school")[:2]
        return by_mail[0] if len(by_mail) == 1 else None


@prepared
def _user(user_id: int) -> Any:
    return User.objects.filter(pk=user_id).select_related("school", "person")


class NameOrMail(ModelBackend):
    """Password sign-in. One password is hashed per try, whatever the outcome."""

    def get_user(self, user_id: int) -> User | None:
        """Who is signed in, with their school and person: every page asks for both."""
        with scopes_disabled():
            found = next(iter(_user(int(user_id))), None)
        return found if found is not None and self.user_can_authenticate(found) else None

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> User | None:
        user = find_user(username or "")
        if user is None or not user.has_usable_password():
            make_password(password)
            return None
        right = user.check_password(password or "")
        return user if right and self.user_can_authenticate(user) else None
