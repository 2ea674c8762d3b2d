"""Tables across schools: figures of a trust, a local authority or a study that are no single school's.

    table = across({"Oak Park": first, "Elm Road": second, …}, Menu.of("sex", "year"))
    table.release.cell("score", "sex", "F").mean

Everything that protects people in one school's release protects them here. Besides, a school is protected like a
person: see ``schools`` and ``few``. Noise is off by default: see ``keys``, ``perturbation`` and ``noisy``.
``reading`` takes schools out of one file of answers.
"""

from belong.release.across.build import across
from belong.release.across.keys import Noise, cell_keys, record_keys
from belong.release.across.perturbation import Perturbation
from belong.release.across.pooling import SCHOOLS, SHARE
from belong.release.across.rows import Count, NoiseTold
from belong.release.across.table import AcrossTable

__all__ = [
    "SCHOOLS", "SHARE", "AcrossTable", "Count", "Noise", "NoiseTold", "Perturbation", "across", "cell_keys",
    "record_keys",
]  # fmt: skip
