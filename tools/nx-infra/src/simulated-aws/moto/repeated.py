"""
Answers a repeated request with the answer that its first try was given.

An SDK that lost an answer sends its request again, under the same invocation id. AWS knows it by its client token;
moto does not look at these, and would make the thing a second time, or refuse it as there already.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

Answer = tuple[str, list[tuple[str, str]], bytes]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# An SDK gives up after three tries, within a minute. Terraform and its provider send hundreds in that time.
REMEMBERED = 2000


class Repeated:
    """A WSGI application that asks another one once for each invocation of an SDK."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.under_way: dict[str, threading.Lock] = {}
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if invocation is None or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self.application(environ, start_response)
        with self.lock:
            mine = self.under_way.setdefault(invocation, threading.Lock())
        with mine:
            answer = self.answers.get(invocation)
            if answer is None:
                answer = self.ask(environ)
                # What failed made nothing, and is asked anew: that is what it is repeated for.
                if answer[0].startswith("2"):
                    self.remember(invocation, answer)
            status, headers, body = answer
        with self.lock:
            self.under_way.pop(invocation, None)
        start_response(status, headers)
        return [body]

    def ask(self, environ: dict[str, Any]) -> Answer:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], None]:
            begun.append((status, headers))
            return lambda _part: None

        parts = self.application(environ, start)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        status, headers = begun[-1]
        return status, headers, body

    def remember(self, invocation: str, answer: Answer) -> None:
        with self.lock:
            self.answers[invocation] = answer
            while len(self.answers) > REMEMBERED:
                self.answers.popitem(last=False)
