"""Whether one more letter may leave to an address that somebody typed: counted for everybody who could be harmed by it.

The city's mail is believed because it is the city's. So a letter to a typed address counts against its sender, its
recipient, the organisation that it speaks for and the network that it was asked from, whichever is used up first.
"""

from datetime import datetime, timedelta
from typing import Final

from organisations.tokens import hashed
from web.rate_limits import allowed

DAY: Final = timedelta(days=1)
PER_SENDER: Final = 20
PER_RECIPIENT: Final = 3
PER_ORGANISATION: Final = 30
PER_NETWORK: Final = 40
"""Letters of one kind in a day."""


async def letter_allowed(
    kind: str, *, sender_id: int, recipient: str, organisation_id: int, network: str, now: datetime
) -> bool:
    """Count a letter of a kind; False where it may not leave. `network` is the mark of the client that asks.

    The recipient is counted first: a refused letter then costs nobody else anything. Call it outside transactions.
    """
    limits = (
        (f"{kind} to {hashed(recipient)}", PER_RECIPIENT),
        (f"{kind} by {sender_id}", PER_SENDER),
        (f"{kind} of {organisation_id}", PER_ORGANISATION),
        (f"{kind} from {network}", PER_NETWORK),
    )
    for key, most in limits:
        if await allowed(key, most=most, within=DAY, now=now) is not None:
            return False
    return True
