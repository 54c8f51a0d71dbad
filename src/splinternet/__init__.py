"""On which networks, states and vendors a nation's Internet depends.

The functions behind the ``splinternet`` command; tables come as polars frames::

    import splinternet

    world = splinternet.open_world("2019-12")
    print(world.depend("CU"))

The public names, and where each is from, stand in ``__init__.pyi`` beside this file. They are
imported when first asked for: tables and compilers load slowly.
"""

from importlib import import_module

import lazy_loader

_lazily, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name in __all__:
        import_module(f"{__name__}.methods")  # whoever has a world can ask it in place
        return _lazily(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{_hint(name)}")


def _hint(name: str) -> str:
    """Say what may be meant by a name that is not public."""
    if name.startswith("_"):
        return ""
    from difflib import get_close_matches
    from pathlib import Path

    module = Path(__file__).parent / "measures" / f"{name}.py"
    if module.is_file() and "\nMEASURE = " in module.read_text(encoding="utf-8"):
        return f"; measure(world, {name!r}, 'CU') answers"
    near = get_close_matches(name, __all__, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""
