"""What the tests of the screens share: the tests' own helpers are plain modules, for no test folder is a package."""

from __future__ import annotations


