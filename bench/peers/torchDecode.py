#!/usr/bin/python3
"""
PyTorch's speed of greedy generation with NeuroLLM: one stream, a key/value cache, the config `small8k`.

    /usr/bin/python3 torchDecode.py --threads 1                          requests on stdin, see below

Request:  {"variant": "linear" | "gemv", "promptTokens": 16, "newTokens": 200}
Answer:   {"tokensPerSecond": ..., "prefillMilliseconds": ..., "millisecondsPerToken": [...],
           "largestLogitDifference": ..., "otherCores": ...}
`linear` multiplies a one-row matrix (F.linear), `gemv` a vector (torch.mv); which is faster depends on the BLAS.
tokensPerSecond counts the new tokens after the first, which the prefill yields. largestLogitDifference compares the
last logits with those of the whole sequence without a cache: a wrong cache would be no peer. The model keeps the random
weights of its initialisation; prompt and context (256) bound newTokens. The first request of a variant runs once
unmeasured before it is measured.
"""

import argparse
import math
import pathlib
import sys
import time

from lineProtocol import serve
from openmpBlas import checkBlas, restartOnOpenmpBlas
from otherLoad import OtherLoad

MODEL_FOLDER = pathlib.Path(__file__).resolve().parents[2] / "packages/model/test/pytorch"
CONFIG = "small8k"


def parseArguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--blas", help="blis-openmp, openblas-openmp or a folder with libblas.so.3")
    return parser.parse_args()


arguments = parseArguments()
restartOnOpenmpBlas(arguments.threads, arguments.blas)

import torch  # noqa: E402  (torch loads its BLAS when imported, so the right one must be chosen before)
import torch.nn.functional as F  # noqa: E402

sys.path.insert(0, str(MODEL_FOLDER))
from neuroLlm import rotate  # noqa: E402
from peerConfigs import describe, makeModel  # noqa: E402


def gemv(x, weight):
    return torch.mv(weight, x.view(-1)).view(1, -1)


class Decoder:
    def __init__(self, model, product):
        self.model = model
        self.product = product
        config = model.config
        self.keys = torch.zeros(config.layers, config.heads, config.context, config.headDim)
        self.values = torch.zeros_like(self.keys)
        self.filled = 0

    def logits(self, tokens):
        """Appends tokens (int64 [n]) to the cache; returns the logits [vocabulary] after the last."""
        model, start, count = self.model, self.filled, len(tokens)
        product = self.product if count == 1 else F.linear
        end = start + count
        cos, sin, mask = model.cos[start:end], model.sin[start:end], model.mask[start:end, :end]
        x = model.embedding(tokens)
        for index, layer in enumerate(model.layers):
            qkv = product(layer.attentionNorm(x), layer.qkv.weight)
            mixed = self.attention(index, qkv, cos, sin, mask)
            x = x + product(mixed, layer.output.weight)
            gate, up = product(layer.mlpNorm(x), layer.gateUp.weight).chunk(2, dim=-1)
            x = x + product(F.silu(gate) * up, layer.down.weight)
        self.filled = end
        return product(model.finalNorm(x[-1:]), model.head.weight).view(-1)

    def attention(self, index, qkv, cos, sin, mask):
        config = self.model.config
        count, end = mask.shape
        start = end - count
        heads = qkv.view(count, 3 * config.heads, config.headDim).transpose(0, 1)
        qk, v = heads.split([2 * config.heads, config.heads])
        q, k = rotate(qk, cos, sin).chunk(2)
        self.keys[index, :, start:end] = k
        self.values[index, :, start:end] = v
        keys, values = self.keys[index, :, :end], self.values[index, :, :end]
        scores = torch.bmm(q, keys.transpose(1, 2)) / math.sqrt(config.headDim)
        if count > 1:
            scores = scores + mask
        return torch.bmm(F.softmax(scores, dim=-1), values).transpose(0, 1).reshape(count, -1)


def generate(model, product, promptTokens, newTokens):
    prompt = torch.randint(model.config.vocabulary, (promptTokens,), generator=torch.Generator().manual_seed(2))
    decoder = Decoder(model, product)
    others, begin = OtherLoad(), time.perf_counter()
    logits = decoder.logits(prompt)
    sequence = [logits.argmax().view(1)]
    times = [time.perf_counter()]
    for _ in range(newTokens - 1):
        logits = decoder.logits(sequence[-1])
        sequence.append(logits.argmax().view(1))
        times.append(time.perf_counter())
    otherCores = others.cores()
    whole = torch.cat([prompt, *sequence[:-1]])[None]
    difference = (model(whole)[0, -1] - logits).abs().max().item()
    return {
        "tokensPerSecond": (newTokens - 1) / (times[-1] - times[0]),
        "prefillMilliseconds": 1e3 * (times[0] - begin),
        "millisecondsPerToken": [1e3 * (later - sooner) for sooner, later in zip(times, times[1:])],
        "largestLogitDifference": difference,
        "otherCores": otherCores,
    }


def makeAnswer():
    model = makeModel(CONFIG)
    products = {"linear": F.linear, "gemv": gemv}
    seen = set()

    def answer(request):
        variant, promptTokens, newTokens = request["variant"], int(request["promptTokens"]), int(request["newTokens"])
        if variant not in products:
            raise ValueError(f"unknown variant {variant!r}: one of {', '.join(products)}")
        if promptTokens < 1 or newTokens < 2 or promptTokens + newTokens > model.config.context:
            raise ValueError(f"promptTokens >= 1, newTokens >= 2 and their sum <= {model.config.context} are needed")
        with torch.inference_mode():
            if variant not in seen:
                generate(model, products[variant], promptTokens, newTokens)
                seen.add(variant)
            measured = generate(model, products[variant], promptTokens, newTokens)
        return {"variant": variant, "parameters": describe(CONFIG)["parameters"], **measured}

    return answer


def main():
    blas = checkBlas(torch, arguments.threads)
    hello = {"peer": "torch", "version": torch.__version__, "threads": torch.get_num_threads(), "blas": blas}
    serve({**hello, "config": CONFIG}, makeAnswer())


if __name__ == "__main__":
    main()
