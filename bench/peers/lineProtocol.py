"""
One JSON object per line on stdin, one JSON object per line on stdout: how a benchmark in another language
asks this long-lived process for rounds of work in between its own. A bad request is answered with {"error"}.
"""

import json
import sys


def serve(hello, answer):
    """Prints `hello`, then answers each request with answer(request) until stdin ends."""
    send(hello)
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            send(answer(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            send({"error": f"{type(error).__name__}: {error}"})


def send(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def peakResidentMegabytes():
    """Highest resident set of this program so far, in 10^6 bytes (getrusage would count the parent before exec)."""
    with open("/proc/self/status") as status:
        kibibytes = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
    return int(kibibytes) * 1024 / 1e6
