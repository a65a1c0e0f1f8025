"""What a peer's process cost, in the same words as `riktig --measure`: read once, at the end, from Linux' own account."""

import json
import resource
import time

START = time.perf_counter()


class Account:
    """Seconds of each step, and the cost of the whole process."""

    def __init__(self):
        self.steps = {}
        self._last = time.perf_counter()

    def step(self, name):
        """Ends a step."""
        now = time.perf_counter()
        self.steps[name] = round(now - self._last, 3)
        self._last = now

    def write(self, path, **more):
        """Writes the account as JSON. Importing the engine is part of the cost, as starting `riktig` is of ours."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        with open("/proc/self/io", encoding="ascii") as lines:
            io = dict(line.split(": ") for line in lines)
        with open("/proc/self/status", encoding="ascii") as lines:
            peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
        cost = {
            "seconds": time.perf_counter() - START,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_memory_bytes": peak * 1024,
            "read_bytes": int(io["rchar"]),
            "written_bytes": int(io["wchar"]),
            "steps": self.steps,
        }
        with open(path, "w", encoding="ascii") as file:
            json.dump(cost | more, file)
