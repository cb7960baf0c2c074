"""
How busy the rest of the machine was: a two-thread PyTorch whose second core is taken away by another process
gets 5 to 20 times slower (its OpenMP threads spin for each other), so a round counts only when it was quiet.
"""

import os
import resource
import time


class OtherLoad:
    """Starts watching when made; `cores()` is the mean number of cores that others (and the host) took since then."""

    def __init__(self):
        self.started = time.perf_counter()
        self.busySeconds = self.readBusySeconds()

    def cores(self):
        return max(0.0, (self.readBusySeconds() - self.busySeconds) / (time.perf_counter() - self.started))

    @staticmethod
    def readBusySeconds():
        with open("/proc/stat") as stat:
            user, nice, system, _idle, _wait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
        own = resource.getrusage(resource.RUSAGE_SELF)
        ticks = user + nice + system + irq + softirq + steal
        return ticks / os.sysconf("SC_CLK_TCK") - own.ru_utime - own.ru_stime
