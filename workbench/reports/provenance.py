"""Where a scorecard comes from, in one sentence that every report ends with."""

from __future__ import annotations

from fitness.reason import plural
from fitness.scorecard import Scorecard

from workbench.reports.wording import clean, moment

_DIGEST_SHOWN = len("sha256:") + 12


def provenance(card: Scorecard) -> str:
    snapshot = card.snapshot
    judged = f"{plural(len(card.judgement.pairs), 'pair')} on {plural(len(snapshot.resources), 'resource')}"
    place = f"{snapshot.stack} in {snapshot.region}, account {snapshot.account}"
    read = f"read {moment(snapshot.taken_at)}"
    return clean(f"{judged} of {place}, {read}. Catalogue {card.catalogue.digest[:_DIGEST_SHOWN]}.")
