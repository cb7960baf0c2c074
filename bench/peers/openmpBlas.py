"""
Makes PyTorch as fast as it can be on this machine, or refuses to run: a benchmark against a PyTorch on the wrong
BLAS flatters us by 2 to 50 times. Debian's torch calls whatever libblas.so.3 the loader finds:

- the reference BLAS (libblas3) is 15 to 50 times slower;
- the -pthread builds of OpenBLAS and BLIS fight torch's OpenMP pool as soon as there are two threads, and
  update-alternatives prefers OpenBLAS-pthread over BLIS-openmp when both are installed;
- torch.get_num_threads() may be 1 on a machine with more cores;
- BLIS does not follow torch.set_num_threads: it reads its thread count from the environment when it is loaded.

Hence `restartOnOpenmpBlas` (before torch is imported) starts the program again with the loader's path and the
thread count set, and `checkBlas` (after) looks at what was really loaded. The system is not changed.
"""

import glob
import os
import re
import sys

RESTARTED = "NEUROSHARD_PEER_BLAS"
FLAVOURS = ("blis-openmp", "openblas-openmp")
REMEDY = "install one with `apt-get install libblis4-openmp` (or libopenblas0-openmp) and start this program again"


def restartOnOpenmpBlas(threads, flavour=None):
    """
    Replaces this process by itself with an OpenMP BLAS first in the loader's path. `flavour` is blis-openmp,
    openblas-openmp or a folder that holds libblas.so.3; by default the first one that is installed.
    """
    if RESTARTED in os.environ:
        return
    found = folders(flavour)
    if flavour is not None and not found:
        sys.exit(f"no BLAS at {flavour}; {REMEDY}")
    # None found by default may still be right: a torch that brings its own BLAS (MKL in the pip wheels) needs none.
    folder = found[0] if found else ""
    environment = dict(os.environ)
    environment[RESTARTED] = folder
    environment["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, [folder, environment.get("LD_LIBRARY_PATH")]))
    for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[name] = str(threads)
    # liblapack.so.3 may still come from OpenBLAS-pthread; that copy is not called and shall start no threads.
    environment["OPENBLAS_NUM_THREADS"] = str(threads) if "openblas" in folder else "1"
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def folders(flavour):
    if flavour is not None and os.path.isdir(flavour):
        return [flavour]
    wanted = FLAVOURS if flavour is None else (flavour,)
    return [folder for name in wanted for folder in sorted(glob.glob(f"/usr/lib/*/{name}"))]


def loadedBlas():
    """Paths of the shared objects that this process mapped as its BLAS."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "/" in line}
    return sorted(path for path in paths if re.match(r"lib(blas|blis|openblas|mkl_core)", os.path.basename(path)))


def checkBlas(torch, threads):
    """Sets torch's threads and returns the path of the BLAS it calls; exits with a remedy if that is no OpenMP one."""
    torch.set_num_threads(threads)
    torch.ones(64, 64) @ torch.ones(64, 64)
    called = [path for path in loadedBlas() if os.path.basename(path).startswith("libblas.so")]
    if not called and torch.backends.mkl.is_available():
        return "mkl"
    if len(called) == 1 and "openmp" in os.path.realpath(called[0]):
        return called[0]
    found = ", ".join(called) or "no BLAS"
    sys.exit(f"PyTorch would call {found}, which is not an OpenMP BLAS and would make it look slow; {REMEDY}")
