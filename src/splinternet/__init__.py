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
