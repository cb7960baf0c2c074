#!/usr/bin/python3
"""
PyTorch's time and memory for one training step of NeuroLLM (forward, backward, gradient clip, AdamW), for bench/.

    /usr/bin/python3 torchTrain.py --threads 2                           requests on stdin, see below
    /usr/bin/python3 torchTrain.py --threads 2 --memory small            one fresh process: peak resident memory

Request:  {"config": "small", "dtype": "float32" | "bfloat16", "steps": 5, "warmUpSteps": 0}
Answer:   {"millisecondsPerStep": [...], "forwardMilliseconds": [...], "backwardMilliseconds": [...],
           "optimizerMilliseconds": [...], "losses": [...], "peakResidentMegabytes": ...,
           "otherCores": ...}
The first request for a config and dtype builds the model and takes 3 unreported steps, unless it says otherwise;
one model is held at a time. bfloat16 is torch.autocast: float32 weights, bfloat16 products. Batches are random tokens
drawn outside the timed part. The peak is that of the process so far: take --memory for a config's own. `otherCores`
is what other processes took meanwhile; rounds above 0.25 say little about PyTorch.
"""

import argparse
import contextlib
import pathlib
import sys
import time

from lineProtocol import peakResidentMegabytes, send, serve
from openmpBlas import checkBlas, restartOnOpenmpBlas
from otherLoad import OtherLoad

MODEL_FOLDER = pathlib.Path(__file__).resolve().parents[2] / "packages/model/test/pytorch"
WARM_UP_STEPS = 3
LEARNING_RATE = 1e-3
CLIP_NORM = 1.0


def parseArguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--blas", help="blis-openmp, openblas-openmp or a folder with libblas.so.3")
    parser.add_argument("--memory", metavar="CONFIG", help="print the peak resident memory of this config and exit")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"], help="for --memory")
    parser.add_argument("--steps", type=int, default=5, help="for --memory")
    return parser.parse_args()


arguments = parseArguments()
restartOnOpenmpBlas(arguments.threads, arguments.blas)

import torch  # noqa: E402  (torch loads its BLAS when imported, so the right one must be chosen before)

sys.path.insert(0, str(MODEL_FOLDER))
from neuroLlm import makeAdamW  # noqa: E402
from peerConfigs import CONFIGS, describe, makeModel  # noqa: E402


class Trainer:
    def __init__(self, name, dtype):
        if dtype not in ("float32", "bfloat16"):
            raise ValueError(f"unknown dtype {dtype!r}: float32 or bfloat16")
        self.autocast = dtype == "bfloat16"
        self.model = makeModel(name)
        self.batch = CONFIGS[name].batch
        self.optimizer = makeAdamW(self.model, LEARNING_RATE)
        self.generator = torch.Generator().manual_seed(1)

    def step(self):
        config = self.model.config
        drawn = torch.randint(config.vocabulary, (self.batch, config.context + 1), generator=self.generator)
        tokens, targets = drawn[:, :-1].contiguous(), drawn[:, 1:].contiguous()
        times = [time.perf_counter()]
        with torch.autocast("cpu", torch.bfloat16) if self.autocast else contextlib.nullcontext():
            loss = self.model.loss(tokens, targets)
        times.append(time.perf_counter())
        loss.backward()
        times.append(time.perf_counter())
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP_NORM)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        times.append(time.perf_counter())
        return [1e3 * (end - start) for start, end in zip(times, times[1:])], loss.item()


def measure(trainer, steps):
    others = OtherLoad()
    parts, losses = zip(*(trainer.step() for _ in range(steps)))
    forward, backward, optimizer = (list(column) for column in zip(*parts))
    return {
        "millisecondsPerStep": [sum(part) for part in parts],
        "forwardMilliseconds": forward,
        "backwardMilliseconds": backward,
        "optimizerMilliseconds": optimizer,
        "losses": list(losses),
        "peakResidentMegabytes": peakResidentMegabytes(),
        "otherCores": others.cores(),
    }


def makeAnswer():
    held = {}

    def answer(request):
        name, dtype, steps = request["config"], request["dtype"], int(request["steps"])
        if steps < 1:
            raise ValueError(f"steps must be at least 1, not {steps}")
        fresh = (name, dtype) not in held
        if fresh:
            held.clear()
            held[name, dtype] = Trainer(name, dtype)
        trainer = held[name, dtype]
        for _ in range(int(request.get("warmUpSteps", WARM_UP_STEPS if fresh else 0))):
            trainer.step()
        return {**describe(name), "dtype": dtype, **measure(trainer, steps)}

    return answer


def main():
    blas = checkBlas(torch, arguments.threads)
    hello = {"peer": "torch", "version": torch.__version__, "threads": torch.get_num_threads(), "blas": blas}
    if arguments.memory is None:
        serve(hello, makeAnswer())
        return
    if arguments.memory not in CONFIGS:
        sys.exit(f"unknown config {arguments.memory!r}: one of {', '.join(CONFIGS)}")
    measured = measure(Trainer(arguments.memory, arguments.dtype), arguments.steps)
    send({**hello, **describe(arguments.memory), "dtype": arguments.dtype, **measured})


if __name__ == "__main__":
    main()
