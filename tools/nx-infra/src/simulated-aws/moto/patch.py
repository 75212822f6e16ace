"""Replaces single methods of moto, and refuses where moto is not what a replacement was written for."""

import inspect
from collections.abc import Callable
from typing import Any

import moto

# Every replacement repeats, or relies on, what moto does inside. Another minor version may do it otherwise.
WRITTEN_FOR = (5, 2)


class MotoDiffers(Exception):
    """moto is not as the extensions expect it: they would change something else, or nothing."""


def require_version() -> None:
    found = tuple(int(part) for part in moto.__version__.split(".")[:2])
    if found != WRITTEN_FOR:
        wanted = ".".join(map(str, WRITTEN_FOR))
        raise MotoDiffers(f"moto is {moto.__version__}; the extensions were written for {wanted}.")


def wraps(owner: type, name: str, *parameters: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    Puts a function in the place of a method, and hands it the method as its first argument.

    :param parameters: the names of the method's parameters after `self`, which the function relies on
    """
    original = owner.__dict__.get(name)
    if original is None:
        raise MotoDiffers(f"moto {moto.__version__} has no {owner.__name__}.{name}.")
    found = tuple(inspect.signature(original).parameters)[1:]
    if found != parameters:
        raise MotoDiffers(f"{owner.__name__}.{name} of moto {moto.__version__} takes {found}, not {parameters}.")

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        setattr(owner, name, replacement)
        return function

    return decorate


def adds(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a class a method that it lacks: once moto has it, ours has to go."""
    if hasattr(owner, name):
        raise MotoDiffers(f"moto {moto.__version__} has {owner.__name__}.{name} itself: remove the extension.")

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name, function)
        return function

    return decorate


def replaces_property(owner: type, name: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Puts a function in the place of a property that can only be read."""
    if not isinstance(owner.__dict__.get(name), property):
        raise MotoDiffers(f"{owner.__name__}.{name} of moto {moto.__version__} is no property.")

    def decorate(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        setattr(owner, name, property(function))
        return function

    return decorate
