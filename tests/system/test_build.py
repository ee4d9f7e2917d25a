# SPDX-License-Identifier: MIT
"""What was built: who is linked to what, hardening, rebuilds, installation."""

import pathlib
import re
import shutil
import subprocess

import pytest

from support.places import BUILD, SANITIZERS, TREE

EXECUTABLES = ["csolink", "csolink-net", "csolink-session"]
EVERYTHING = [*EXECUTABLES, "pam_csolink.so", "csolink-bus.so"]
ENTRY_POINTS = {"pam_sm_authenticate", "pam_sm_setcred", "pam_sm_acct_mgmt",
                "pam_sm_open_session", "pam_sm_close_session", "pam_sm_chauthtok"}
HEADER = "include/csolink/worker.h"

plain_build = pytest.mark.skipif(
    bool(SANITIZERS), reason="a sanitizer build is linked to its runtime and not hardened")


def output_of(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def readelf(option, program):
    return output_of("readelf", "--wide", option, BUILD / program)


def needed_by(program):
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", readelf("--dynamic", program)))


def libraries_of(program):
    """Everything that the loader brings in, directly or not."""
    return set(re.findall(r"^\s*(lib[\w.+-]+?)\.so", output_of("ldd", BUILD / program), re.M))


@plain_build
def test_pam_module_needs_libpam_and_libc_only():
    assert needed_by("pam_csolink.so") == {"libpam.so.0", "libc.so.6"}


@plain_build
def test_csolink_session_needs_libc_only():
    assert needed_by("csolink-session") == {"libc.so.6"}


def test_pam_module_shows_the_six_entry_points_and_nothing_else():
    symbols = output_of("nm", "--dynamic", "--defined-only", "--format=just-symbols",
                        BUILD / "pam_csolink.so")
    assert set(symbols.split()) == ENTRY_POINTS


# What changes the host, runs its code in a child, trusts its environment, or is not for threads.
NOT_FOR_A_GUEST = re.compile(
    r"v?fork|daemon|system|popen|_?exit|abort|wait|pthread_\w+|atexit|on_exit|__cxa_atexit|"
    r"sigaction|signal|sigprocmask|alarm|setitimer|umask|f?chdir|(un)?setenv|putenv|clearenv|"
    r"(secure_)?getenv|environ|setlocale|(open|close|v?sys)log|set\w*[ug]id|setgroups|initgroups|"
    r"prctl|setrlimit|getpw\w+|getgr\w+")


@plain_build
def test_pam_module_calls_nothing_that_a_guest_may_not():
    symbols = output_of("nm", "--dynamic", "--undefined-only", "--format=just-symbols",
                        BUILD / "pam_csolink.so")
    calls = {name.partition("@")[0] for name in symbols.split()}
    assert {"posix_spawn", "pam_modutil_getpwnam"} <= calls
    assert not {name for name in calls if NOT_FOR_A_GUEST.fullmatch(name)}


@plain_build
def test_pam_module_has_no_variables_of_its_own():
    """What it has is constant but for the C runtime's, which are in every object."""
    sections = re.findall(r"\[ *(\d+)\] \.(?:t?data|t?bss) ",
                          readelf("--sections", "pam_csolink.so"))
    symbols = re.findall(r" (?:OBJECT|TLS) +\w+ +\w+ +(\d+) (\S+)",
                         readelf("--symbols", "pam_csolink.so"))
    assert {name for section, name in symbols if section in sections} == {
        "__dso_handle", "__TMC_END__", "completed.0"}


@pytest.mark.parametrize("program", ["csolink", "csolink-bus.so"])
def test_csolink_is_not_linked_to_libcurl(program):
    libraries = libraries_of(program)
    assert "libglib-2.0" in libraries
    assert not [name for name in libraries if name.startswith(("libcurl", "libgumbo"))]


def test_csolink_loads_what_d_bus_needs_only_with_the_part_that_speaks_it():
    libraries = {"libsecret-1", "libgio-2.0", "libgobject-2.0"}
    assert libraries <= libraries_of("csolink-bus.so")
    assert not libraries & libraries_of("csolink")


def test_the_part_that_is_loaded_finds_all_that_it_calls_back(tmp_path):
    """Without it a keyring is looked for and not found; with a gap in it nothing works at all."""
    asked = subprocess.run([BUILD / "csolink", "account", "list"], env={"HOME": str(tmp_path)},
                           capture_output=True, text=True)
    assert (asked.returncode, "no_keyring" in asked.stderr) == (69, True), asked.stderr


def test_csolink_without_its_part_says_what_is_missing(tmp_path):
    csolink = shutil.copy(BUILD / "csolink", tmp_path)
    without = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                              f"mount -t tmpfs none /usr/local; {csolink} account list"],
                             env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
                             capture_output=True, text=True)
    assert (without.returncode, "csolink-bus.so" in without.stderr) == (70, True), without.stderr


def test_csolink_net_is_not_linked_to_libsecret_or_d_bus():
    libraries = libraries_of("csolink-net")
    assert any(name.startswith("libcurl") for name in libraries)
    assert not libraries & {"libsecret-1", "libgio-2.0", "libdbus-1"}


@plain_build
@pytest.mark.parametrize("program", EVERYTHING)
def test_program_is_hardened(program):
    segments, dynamic = readelf("--segments", program), readelf("--dynamic", program)
    assert re.search(r"^\s*GNU_RELRO\b", segments, re.M)
    assert re.search(r"\(FLAGS\).*\bBIND_NOW\b", dynamic)
    assert re.search(r"^\s*GNU_STACK\s.*\sRW\s", segments, re.M), "the stack is executable"
    assert not re.search(r"^\s*LOAD\s.*\sRWE\s", segments, re.M), "writable and executable memory"
    assert "Elf file type is DYN" in segments
    checks = set(re.findall(r"\b__(\w+_chk\w*)", readelf("--dyn-syms", program)))
    assert "stack_chk_fail" in checks
    assert program == "csolink-bus.so" or "snprintf_chk" in checks, "without _FORTIFY_SOURCE"


@plain_build
@pytest.mark.parametrize("program", EXECUTABLES)
def test_executable_is_position_independent(program):
    assert re.search(r"\(FLAGS_1\).*\bPIE\b", readelf("--dynamic", program))


@pytest.fixture
def copy(tmp_path):
    """The tree with its build, where it may be written to; all times as they are."""
    copy = tmp_path / "tree"
    shutil.copytree(TREE, copy, symlinks=True,
                    ignore=shutil.ignore_patterns(".git", "__pycache__"))
    return copy


def make(directory, *arguments):
    return output_of("make", f"SAN={SANITIZERS.replace('-', ',')}", *arguments, cwd=directory)


def compiled(transcript):
    """The object files that a run of make has made, or says that it would make."""
    return set(re.findall(r" -c -o (\S+\.o) ", transcript))


def test_second_make_makes_nothing(copy):
    transcript = make(copy, "tests")
    assert not compiled(transcript)
    assert not re.search(r"^(gcc|cc|ar|ln|cp)\b", transcript, re.M)


def test_edit_of_one_header_compiles_what_includes_it_and_no_more(copy):
    notes = list((copy / BUILD.relative_to(TREE) / "obj").rglob("*.d"))
    dependents = {str(note.relative_to(copy).with_suffix(".o")) for note in notes
                  if HEADER in note.read_text().split()}
    assert 0 < len(dependents) < len(notes)
    (copy / HEADER).touch()
    # A dry run would take paths.h, which is looked at each time, for changed.
    paths = BUILD.relative_to(TREE) / "include/paths.h"
    transcript = make(copy, "--dry-run", f"--old-file={paths}", "tests")
    assert compiled(transcript) == dependents


def files_below(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*")
            if not path.is_dir() or path.is_symlink()}


def test_uninstall_leaves_the_administrators_configuration_alone(copy, tmp_path):
    destination = tmp_path / "destination"
    make(copy, "install", f"DESTDIR={destination}")
    installed = files_below(destination)
    assert {"usr/local/bin/csolink", "usr/local/bin/git-credential-csolink",
            "usr/local/libexec/csolink/csolink-bus.so", "usr/local/libexec/csolink/csolink-net",
            "usr/local/share/csolink/courts.tsv",
            "usr/local/lib/systemd/user/csolink-login.service",
            "usr/share/pam-configs/csolink"} <= installed  # where pam-auth-update looks
    assert any(pathlib.Path(name).match("security/pam_csolink.so") for name in installed)
    make(copy, "uninstall", f"DESTDIR={destination}")
    assert files_below(destination) == {"etc/csolink/csolink.conf"}


def test_unit_starts_the_csolink_that_was_installed_with_it(copy, tmp_path):
    destination, prefix = tmp_path / "destination", "/opt/other"
    make(copy, "install", f"DESTDIR={destination}", f"prefix={prefix}")
    unit = (destination / "opt/other/lib/systemd/user/csolink-login.service").read_text()
    program, *arguments = re.search(r"^ExecStart=(.*)$", unit, re.M).group(1).split()
    assert (program, arguments) == (f"{prefix}/bin/csolink", ["session", "link"])
    assert (destination / program.lstrip("/")).exists()


def test_manual_copies_the_drop_in_that_was_installed_with_it(copy, tmp_path):
    destination = tmp_path / "destination"
    make(copy, "install", f"DESTDIR={destination}", "prefix=/opt/other")
    manual = (destination / "opt/other/share/man/man8/pam_csolink.8").read_text()
    source, = re.findall(r"^install -D -m 644 (\S+)", manual, re.M)
    assert (destination / source.lstrip("/")).exists()


@pytest.fixture
def bootstrap(person):
    """Runs ./bootstrap as the person, who is not root and has no sudo; nothing can be installed."""
    tools = person.home / "tools"
    tools.mkdir()
    for name in ("sh", "id", "dpkg-query"):
        (tools / name).symlink_to(shutil.which(name))
    script = person.home / "bootstrap"
    shutil.copy(TREE / "bootstrap", script)

    def run(*options, **env):
        process = person.popen([script, *options], env={"PATH": str(tools), **env}, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err
    return run


@pytest.mark.parametrize("options", [[], ["--runtime"], ["--build"], ["--test"]])
def test_bootstrap_needs_no_root_where_nothing_is_missing(bootstrap, options):
    assert bootstrap(*options) == (0, "bootstrap: all packages are there.\n", "")


@pytest.mark.parametrize("option, package, other", [
    ("--runtime", "gnome-keyring", "libcurl4-openssl-dev"),
    ("--build", "libcurl4-openssl-dev", "gnome-keyring"),
    ("--test", "python3-pytest", "gnome-keyring"),
])
def test_bootstrap_names_what_is_missing_to_one_who_is_not_root(
        bootstrap, person, option, package, other):
    bare = person.home / "bare"  # dpkg's database of a machine without packages
    bare.mkdir()
    status, out, err = bootstrap(option, DPKG_ADMINDIR=str(bare))
    assert (status, out) == (1, "")
    assert "root is needed" in err and f" {package}" in err and f" {other}" not in err
