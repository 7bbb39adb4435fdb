"""What pyproject.toml cannot say: ``resources/`` lies beside the package and ships inside it."""

from __future__ import annotations

import shutil

from setuptools import setup
from setuptools.command.build_py import build_py

INSIDE = "dangjian_desktop.resources"


class BuildWithResources(build_py):
    """Leaves an editable installation as it is: there the folder of the checkout is used."""

    def finalize_options(self) -> None:
        """Declare the folder to be a package of data."""
        super().finalize_options()
        if not self.editable_mode:
            self.packages = [*self.packages, INSIDE]
            self.package_dir = {**(self.package_dir or {}), INSIDE: "resources"}
            self.package_data = {**self.package_data, INSIDE: ["**/*"]}

    def run(self) -> None:
        """Build anew: a module that was taken away must not come back from the last time."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(cmdclass={"build_py": BuildWithResources})
