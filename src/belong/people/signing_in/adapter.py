"""What allauth asks of the school: nobody signs themselves up, secrets are sealed, addresses are kept coarse."""

import ipaddress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from belong.base.secrets import decrypt, encrypt
from belong.people.models import User

PURPOSE = "people.second_factor"
KEPT = {4: 24, 6: 48}  # bits of an address that are kept with a session: the network, not the machine


class AccountAdapter(DefaultAccountAdapter):
    """Sign-ins are made by the school (people.staffing), never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network a browser is in, for the list of sessions."""
        try:
            address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
        except ValueError:
            return "0.0.0.0"  # noqa: S104  (nowhere known)
        network = ipaddress.ip_network(f"{address}/{KEPT[address.version]}", strict=False)
        return str(network.network_address)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed with the key that lies outside the database."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, PURPOSE)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return "belong"

    def _get_user_identifier(self, user: User) -> str:
        return user.username
