"""Set up coursebib beside this file with nothing but Python, then run it.

    python3 start.py list F2022     what `kb list F2022` prints
    python3 start.py pytest         the tests

The environment is .venv; it is made once and again when pyproject.toml or constraints.txt change.
Everything said on the way goes to stderr, so that the output can be piped.
This file must be readable by every Python since 3.6, because an old one says that it is too old.
"""

import hashlib
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
SCRIPTS = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)


def say(text):
    """Print a line on stderr at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def stamp_of(extra):
    """Give what an environment with `extra` is made from, as one hash."""
    digest = hashlib.sha256((extra + sys.version).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_ready(extra):
    """Tell whether .venv was made from what is here now; one with tests also runs commands."""
    return os.path.exists(PYTHON) and any(
        read(os.path.join(VENV, "coursebib-" + (name or "run"))) == stamp_of(name)
        for name in {extra, "test"}
    )


def read(path):
    """Give a small file's text, empty where there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def make_environment(extra):
    """Make .venv and install this directory into it; one line on stderr for each step."""
    say(
        "coursebib: setting up .venv with Python {}.{} (once, a minute or two)".format(
            *sys.version_info[:2]
        )
    )
    begun = time.time()
    made = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE)
    if made.returncode:
        sys.stderr.write(made.stdout.decode(errors="replace"))
        sys.exit(
            "coursebib: no environment could be made; on Debian and Ubuntu: "
            "apt-get install python3-venv"
        )
    what = HERE + (f"[{extra}]" if extra else "")
    install(
        [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "-c",
            os.path.join(HERE, "constraints.txt"),
            "-e",
            what,
        ]
    )
    with open(os.path.join(VENV, "coursebib-" + (extra or "run")), "w") as file:
        file.write(stamp_of(extra))
    say(f"coursebib: ready after {time.time() - begun:.0f} s")


def install(command):
    """Run pip and name each package it takes; its whole output only when it fails."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    lines, count = [], 0
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Collecting "):
            count += 1
            name = re.split(r"[^\w.-]", line.split()[1])[0]
            say(f"coursebib: package {count}: {name}")
        elif line.startswith("Installing collected"):
            say(f"coursebib: unpacking {count + 1} packages")
    if process.wait():
        sys.stderr.write("".join(lines))
        sys.exit(
            "coursebib: the packages could not be installed; "
            "is this machine connected? Run the same command again"
        )


def main(arguments):
    """Set up what is missing and become the program that was asked for."""
    if sys.version_info < OLDEST:
        sys.exit(
            "coursebib needs Python {}.{} or newer; this is {}.{}. Run it with a newer one, "
            "for example: python3.12 start.py".format(*(OLDEST + sys.version_info[:2]))
        )
    tests = arguments[:1] == ["pytest"]
    extra = "test" if tests else ""
    if not is_ready(extra):
        make_environment(extra)
    command = [PYTHON, "-m", *arguments] if tests else [os.path.join(SCRIPTS, "kb"), *arguments]
    return subprocess.call(command, cwd=HERE if tests else None)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
