"""What a table of times depends on: processor, kernel of the matrix products, versions, date."""

import datetime
import os
import platform
from importlib.metadata import version

import numpy as np
import threadpoolctl


def name_processor():
    """The processor as the system names it, with the number of cores this process may use."""
    name = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    name = line.split(":", 1)[1].strip()
                    break
    return f"{name}, {os.cpu_count()} cores"


def name_kernel():
    """The library of NumPy's matrix products, and for which processor it chose its kernel."""
    for library in threadpoolctl.threadpool_info():
        if library["user_api"] == "blas" and "numpy" in library["filepath"]:
            kernel = library.get("architecture", "unknown kernel")
            return f"{library['internal_api']} {library['version']}, kernel {kernel}"
    return "unknown BLAS"


def name_vector_instructions():
    """The widest vector instructions that NumPy found for its own loops (exp, tanh, log)."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return found[-1] if found else "baseline"


def describe_machine(packages):
    """One line: all of it, and the versions of `packages`."""
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return (
        f"{datetime.date.today()}; {name_processor()}; {name_kernel()}; NumPy's vector"
        f" instructions up to {name_vector_instructions()}; Python {platform.python_version()},"
        f" {versions}"
    )
