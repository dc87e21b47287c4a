# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""What needs a process of its own: the program, Ctrl-C, a bare import, threads in parallel."""

import signal
import subprocess
import sys
import textwrap

import pytest

import upsilon


def python(code, *words):
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *words], capture_output=True, text=True,
        timeout=120, check=False,
    )


def test_the_program():
    code = "import sys; from upsilon._command import main; sys.exit(main())"
    result = python(code, "coverage", "--classes", "6", "--draws", "8", "--format", "csv")
    assert result.returncode == 0
    assert result.stdout == upsilon.run(
        "coverage", "--classes", 6, "--draws", 8, "--format", "csv"
    ).output
    wrong = python(code, "coverage", "--classes", "0")
    assert wrong.returncode == 64 and wrong.stderr.startswith("Error: ") and wrong.stdout == ""


def test_the_import_needs_nothing():
    code = """
        import sys
        import upsilon
        upsilon.WaitingTime(upsilon.Law.uniform(6)).cdf(24)
        print([name for name in ("numpy", "pandas", "torch", "matplotlib") if name in sys.modules])
        """
    result = python(code)
    assert result.stdout == "[]\n", result.stderr


INTERRUPTED = """
    import os, signal, sys, threading, time
    import upsilon

    # Where whoever runs the tests ignores the signal, Python does.
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt():
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    start = time.monotonic()
    try:
        {call}
        print("finished")
    except KeyboardInterrupt:
        print("interrupted", time.monotonic() - start < 5)
    sys.stdout.flush()
    os._exit(0)
    """


def test_interrupting_the_library():
    call = "upsilon.WaitingTime(upsilon.Law.counts(range(1, 2000))).mean(digits=300)"
    result = python(INTERRUPTED.format(call=call))
    assert result.stdout == "interrupted True\n", result.stdout + result.stderr


def test_interrupting_a_measurement():
    call = (
        "upsilon.measure([[float(i % 7), float(i % 11), 1.0] for i in range(20000)],"
        " labels=[i % 2 for i in range(20000)], draws=20000, passes=100000)"
    )
    result = python(INTERRUPTED.format(call=call))
    assert result.stdout == "interrupted True\n", result.stdout + result.stderr


def test_a_broken_pipe_ends_the_program():
    code = "import sys; from upsilon._command import main; sys.exit(main())"
    words = ["coverage", "--classes", "6", "--draws", "1..200000", "--format", "csv"]
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE


BESIDE = """
    import threading, upsilon
    law = upsilon.Law.counts(range(1, 800))
    thread = threading.Thread(target=lambda: upsilon.WaitingTime(law).mean(digits=200))
    thread.start()
    count = 0
    while thread.is_alive():
        {call}
        count += 1
    print(count > {least})
    """


@pytest.mark.parametrize(
    "call, least",
    [
        pytest.param("pass", 10000, id="Python goes on, as the lock is let go"),
        pytest.param(
            "upsilon.WaitingTime(upsilon.Law.uniform(100)).cdf(400 + count, digits=50)",
            20,
            id="short calls come to their end",
        ),
    ],
)
def test_beside_a_long_call_of_another_thread(call, least):
    result = python(BESIDE.format(call=call, least=least))
    assert result.stdout == "True\n", result.stdout + result.stderr
