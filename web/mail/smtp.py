"""Sending one e-mail by SMTP. It blocks, with time-outs, and tells apart which failures are worth trying again."""

import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import Final

from web.smtp_server import SmtpServer

TIMEOUT: Final = 10
"""Seconds that a mail server may keep silent."""


class NotSentError(Exception):
    """A letter that has not left; str() says why in one line that names nobody."""


class UnreachableError(NotSentError):
    """The mail server cannot be spoken to, or refuses us rather than the letter."""


class RefusedForNowError(NotSentError):
    """The mail server wants the letter later (4xx)."""


class RefusedForGoodError(NotSentError):
    """No use trying again (5xx)."""


class Delivery:
    """One letter on its way, in a thread of its own; `cut` ends it from outside."""

    def __init__(self) -> None:
        self._client: smtplib.SMTP | None = None
        self._cut = False

    def hand_over(self, letter: EmailMessage, office: SmtpServer, *, sender: str, recipient: str) -> None:
        """Give a letter to the mail server; raises NotSentError where it does not take it."""
        try:
            client = self._connected(office)
            client.send_message(letter, sender, [recipient])
            with suppress(OSError, smtplib.SMTPException):  # it is taken: an error at QUIT must not send it again
                client.quit()
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(error.recipients[recipient][0]) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code) from error
        except UnicodeError as error:
            raise RefusedForGoodError("the address cannot be written") from error
        except smtplib.SMTPResponseException as error:
            raise UnreachableError(f"{type(error).__name__} {error.smtp_code}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise RefusedForGoodError("the mail server cannot do what the letter needs") from error
        except (OSError, smtplib.SMTPException) as error:
            raise UnreachableError(type(error).__name__) from error
        finally:
            if self._client is not None:
                self._client.close()

    def cut(self) -> None:
        """Close the connection, whatever the mail server is doing."""
        self._cut = True
        line = self._client.sock if self._client is not None else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _connected(self, office: SmtpServer) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if office.secure:
            self._client = smtplib.SMTP_SSL(office.host, office.port, timeout=TIMEOUT, context=context)
        else:
            self._client = smtplib.SMTP(office.host, office.port, timeout=TIMEOUT)
        if self._cut:
            raise TimeoutError
        client = self._client
        client.ehlo_or_helo_if_needed()
        if not office.secure and not office.on_this_machine and client.has_extn("starttls"):
            client.starttls(context=context)
        elif office.user and not office.secure and not office.on_this_machine:
            raise UnreachableError("the mail server offers no TLS, so it is given no password")
        if office.user:
            client.login(office.user, office.password)
        return client


def _refused(code: int) -> NotSentError:
    kind = RefusedForNowError if 400 <= code < 500 else RefusedForGoodError
    return kind(f"refused with {code}")
