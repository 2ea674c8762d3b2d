"""One piece of measuring as a process of its own, timed by bench.measure: `python -m bench.measuring WHAT FILE`."""

import json
import os
import resource
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from belong.measure import Instrument

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the engine's own threads use both cores


def instrument() -> "Instrument":
    """Twelve questions of five answers, in columns q1 … q12."""
    from belong.measure import from_dict

    labels = ["never", "not often", "sometimes", "often", "always"]
    return from_dict(
        {
            "key": "twelve",
            "title": {"en": "Twelve questions"},
            "version": 1,
            "audience": ["pupils"],
            "ages": [8, 18],
            "licence": "CC0-1.0",
            "citation": "made up",
            "status": {"en": "draft"},
            "parts": [{"id": "all", "title": {"en": "All"}, "about": {"en": "All"}}],
            "scales": {"s": {"labels": {"en": labels}, "favourable": [4, 5]}},
            "missing": [],
            "scoring": {"method": "pomp", "minimum_answered": 0.667},
            "items": [
                {
                    "id": f"q{n}", "part": "all", "aspect": "connected", "kind": "scale", "scale": "s",
                    "reverse": False, "column": f"q{n}", "visibility": "pooled", "ages": [8, 18],
                    "text": {"en": f"q{n}"}, "why": {"en": "made up"},
                }
                for n in range(1, 13)
            ],
        }
    )  # fmt: skip


def work(what: str, file: str) -> dict[str, float]:
    """Do it, and say what came out so that peers can be compared."""
    from belong.measure.streams import count_pairs, count_patterns, group_table, open_files, source

    answers = source(open_files(file), instrument())
    if what == "groups":
        return {"cells": len(group_table(answers, ["school", "year", "gender", "send"]))}
    if what == "grm":
        from belong.measure.irt import fit

        fitted = fit(count_patterns(answers), "grm")
        return {"log_likelihood": fitted.log_likelihood, "steps": fitted.steps, "converged": fitted.converged}
    from belong.measure import alpha, alpha_if_dropped, item_rest, one_factor
    from belong.measure.ordinal import categorical_omega, gamma, one_ordinal_factor, ordinal_alpha, polychoric

    pairs = count_pairs(answers)
    covariance = pairs.covariance()
    factor, found = one_factor(covariance), polychoric(pairs)
    item_rest(covariance), alpha_if_dropped(covariance)
    out = {
        "alpha": alpha(covariance),
        "omega": factor.omega if factor else 0.0,
        "ordinal_alpha": ordinal_alpha(found),
    }
    if what == "scaled":
        solution = one_ordinal_factor(found, gamma(found, count_patterns(answers)))
        out |= {
            "chi2_scaled": solution.fit.scaled.value,
            "omega_categorical": categorical_omega(found, solution.loadings),
        }
    return out


def main() -> int:
    what, file = sys.argv[1:3]
    began = time.perf_counter()
    found = work(what, file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    inside = {"inside_s": time.perf_counter() - began, "cpu_s": time.process_time(), "peak_gib": peak}
    print(json.dumps({**found, **inside}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
