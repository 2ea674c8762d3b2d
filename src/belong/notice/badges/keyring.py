"""The school's own keys: private ones in BELONG_HOME/badge-<school>.key, public ones in the database.

The file is written like the other key files (`base.keyfile`): its owner's alone, in no backup. A key is the 32 bytes of
an Ed25519 key. Its public half goes into `IssuerKey` when it is first used, and stays there: losing the file means that
a new key begins, and old badges verify as before.
"""

from pathlib import Path

from django.conf import settings

from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.base.keyfile import Key, KeyFileError, make_keys, read_keys, write_keys
from belong.notice.badges.credential.dates import write_moment
from belong.notice.badges.credential.making import Signer, public_of
from belong.notice.models import IssuerKey
from belong.people.models import School, User

SETTING = "badges"
ABOUT_KEY = (
    "belong: signs the badges of one school. Whoever has it can make badges in the school's name.",
    "Lost, a new one begins and old badges still verify. Seen by somebody: `belong badge rotate --compromised`.",
)


def key_path(school: School) -> Path:
    """Where this installation keeps the private keys of a school's badges."""
    return Path(settings.BELONG_HOME) / f"badge-{school.pk}.key"


def issuer_id(school: School) -> str:
    """The address under which the school issues, where it has set one; else "" (it is then its key, did:key)."""
    return str(school.settings.get(SETTING, {}).get("issuer", ""))


def earlier_ids(school: School) -> list[str]:
    """Addresses under which it issued before."""
    return list(school.settings.get(SETTING, {}).get("earlier", []))


def signer(school: School) -> Signer:
    """The school's signing key, made on first use. Raises Refused when the file cannot be read."""
    seed = _seeds(school)[0]
    _remember(school, seed)
    return Signer.of(seed, school.name, issuer_id(school))


@action
def rotate(school: School, actor: User | None = None, *, compromised: bool = False) -> IssuerKey:
    """A new key from now on. Old badges stay good; what a `compromised` key signed does not."""
    row = _remember(school, _seeds(school)[0])
    if compromised:
        row.compromised_at = now()
        row.save(update_fields=["compromised_at"])
    fresh = Key.new()
    new = _remember(school, fresh.secret)
    audit(actor, "notice.rotate_badge_key", new, compromised=compromised)
    try:
        # The old private key signs nothing any more, so it is not kept to be stolen.
        write_keys(key_path(school), [fresh], ABOUT_KEY)
    except OSError as error:
        raise Refused(f"The new key could not be written ({error.strerror}). Nothing was changed.") from None
    return new


def keys_of(school: School) -> list[IssuerKey]:
    """Every key the school has issued with, newest first."""
    return list(IssuerKey.objects.filter(school=school))


def issuer_file(school: School) -> dict[str, object]:
    """What a verifier needs to know this school's badges: its names and every public key, old ones included.

    Raises Refused where no badge has ever left the school.
    """
    rows = keys_of(school)
    if not rows:
        raise Refused("No badge has left this school yet, so there is no key.")
    dids = [f"did:key:{row.multibase}" for row in rows]
    name = issuer_id(school) or dids[0]
    methods = []
    for row, did in zip(rows, dids, strict=True):
        owner = issuer_id(school) or did
        method = {
            "id": f"{owner}#{row.multibase}",
            "type": "Multikey",
            "controller": owner,
            "publicKeyMultibase": row.multibase,
        }
        if row.until:
            method["replaced"] = write_moment(row.until)
        if row.compromised_at:
            method["revoked"] = write_moment(row.compromised_at)
        methods.append(method)
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": name,
        "name": school.name,
        "alsoKnownAs": [did for did in (*earlier_ids(school), *dids) if did != name],
        "verificationMethod": methods,
        "assertionMethod": [str(one["id"]) for one in methods],
    }


def _seeds(school: School) -> list[bytes]:
    path = key_path(school)
    try:
        make_keys(path, ABOUT_KEY)
        return [key.secret for key in read_keys(path)]
    except (KeyFileError, OSError) as error:
        raise Refused(
            f"Badges cannot be signed now: {error}. Please tell whoever looks after belong."
        ) from None


def _remember(school: School, seed: bytes) -> IssuerKey:
    """Keep the public half of a key that is used now; the one before it was replaced."""
    multibase = public_of(seed).multibase
    row = IssuerKey.objects.filter(school=school, multibase=multibase).first()
    if row is not None and row.compromised_at:
        raise Refused("The school no longer stands by this key. Make a new one: `belong badge rotate`.")
    if row is not None:
        return row
    moment = now()
    IssuerKey.objects.filter(school=school, until__isnull=True).update(until=moment)
    return IssuerKey.objects.create(school=school, multibase=multibase, since=moment)
