"""
Writes the vectors of single ops, forward and backward: `/usr/bin/python3 makeVectors.py` (Debian:
python3-torch) makes ops.json beside this file; a second run writes the same bytes.

Inputs are float32; PyTorch computes in float64 and outputs are rounded to float32 once at the end, so that the
vectors carry no summation order of their own. Elementary functions (`functions`) keep their float64 values.
Numbers have the shortest digits that read back as the same float32 (float64 in `functions`).

A case: `op`; `attributes` (numbers, and integer lists such as tokens or positions); `inputs` and `outputs`
{name: {shape, values}}. `dX` is the gradient of X; `dY` for an output Y is an input: the gradient that arrives.
Layouts are row-major, tokens outermost: [rows, columns], [batch, T, heads, headDim]. Linear layers compute x W.
"""

import json
import math
import pathlib

import numpy
import torch
import torch.nn.functional as F

SEED = 1337
ROPE_THETA = 10000.0
NORM_EPSILON = 1e-6


def draw(*shape, scale=1.0):
    """Normal numbers that are exact in float32, as a float64 leaf."""
    return (scale * torch.randn(*shape)).double().requires_grad_()


def shortest(value):
    return float(str(numpy.float32(value)))


def record(tensors):
    """{name: {shape, values}}; a value that is not exactly float32 is rounded here, which only outputs may need."""
    return {
        name: {"shape": list(t.shape), "values": [shortest(v) for v in t.detach().flatten().tolist()]}
        for name, t in tensors.items()
    }


def case(op, forward, inputs, output="y", attributes=None):
    """Runs forward(**inputs) and its backward for a drawn output gradient; records both."""
    result = forward(**inputs)
    arriving = draw(*result.shape)
    result.backward(arriving)
    gradients = {"d" + name[0].upper() + name[1:]: tensor.grad for name, tensor in inputs.items()}
    arrivingName = "d" + output[0].upper() + output[1:]
    return {
        "op": op,
        "attributes": attributes or {},
        "inputs": record({**inputs, arrivingName: arriving}),
        "outputs": record({output: result, **gradients}),
    }


def products():
    m, k, n = 5, 19, 7
    return [
        case("productNN", lambda a, b: a @ b, {"a": draw(m, k), "b": draw(k, n)}, "c"),
        case("productNT", lambda a, b: a @ b.t(), {"a": draw(m, k), "b": draw(n, k)}, "c"),
        case("productTN", lambda a, b: a.t() @ b, {"a": draw(k, m), "b": draw(k, n)}, "c"),
    ]


def rmsNorm():
    def forward(x, gain):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + NORM_EPSILON) * gain

    small = (1e-3 * torch.randn(1, 20)).double()
    x = torch.cat([draw(3, 20).detach(), small]).requires_grad_()
    return case("rmsNorm", forward, {"x": x, "gain": draw(20)}, attributes={"epsilon": NORM_EPSILON})


def rope():
    heads, headDim = 3, 8
    positions = [0, 1, 2, 7, 63, 255]

    def forward(x):
        frequencies = ROPE_THETA ** (-torch.arange(0, headDim, 2).double() / headDim)
        angles = torch.tensor(positions).double()[:, None, None] * frequencies
        rows = x.view(len(positions), heads, headDim)
        first, second = rows.chunk(2, dim=-1)
        rotated = [first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()]
        return torch.cat(rotated, dim=-1).view_as(x)

    attributes = {"heads": heads, "headDim": headDim, "theta": ROPE_THETA, "positions": positions}
    return case("rope", forward, {"x": draw(len(positions), heads * headDim)}, attributes=attributes)


def attention():
    batch, length, heads, kvHeads, headDim = 2, 5, 4, 2, 8

    def forward(q, k, v):
        q, k, v = q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)
        k, v = k.repeat_interleave(heads // kvHeads, dim=1), v.repeat_interleave(heads // kvHeads, dim=1)
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        scores = (q @ k.transpose(-1, -2) / math.sqrt(headDim)).masked_fill(future, -math.inf)
        return (scores.softmax(-1) @ v).transpose(1, 2)

    inputs = {
        "q": draw(batch, length, heads, headDim),
        "k": draw(batch, length, kvHeads, headDim),
        "v": draw(batch, length, kvHeads, headDim),
    }
    attributes = {"batch": batch, "length": length, "heads": heads, "kvHeads": kvHeads, "headDim": headDim}
    return case("causalAttention", forward, inputs, "o", attributes)


def swiglu():
    def forward(x):
        gate, up = x.chunk(2, dim=-1)
        return F.silu(gate) * up

    return case("swiglu", forward, {"x": draw(4, 2 * 11, scale=3.0)})


def embedding():
    tokens = [4, 0, 4, 8, 1, 4, 0]
    return case(
        "embedding", lambda table: table[torch.tensor(tokens)], {"table": draw(9, 6)}, attributes={"tokens": tokens}
    )


def crossEntropy():
    targets = [3, 0, -1, 12, 7]
    logits = torch.randn(len(targets), 13) * 2
    # A row that is certain of its target and a row with an almost impossible class: exp must not overflow.
    logits[3, 12], logits[4, 5] = 60.0, -80.0
    logits = logits.double().requires_grad_()
    loss = F.cross_entropy(logits, torch.tensor(targets), ignore_index=-1)
    loss.backward()
    return {
        "op": "crossEntropy",
        "attributes": {"targets": targets, "ignored": -1},
        "inputs": record({"logits": logits}),
        "outputs": record({"loss": loss, "dLogits": logits.grad}),
    }


def adamw(stepsBefore, gradientScale):
    """One step after `stepsBefore` others, from recorded moments: a matrix (decays) and a gain (does not)."""
    clipNorm = 1.0
    options = {"lr": 1e-2, "betas": (0.9, 0.95), "eps": 1e-8, "foreach": False}
    matrix, gain = draw(4, 5), draw(5)
    groups = [{"params": [matrix], "weight_decay": 0.1}, {"params": [gain], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, **options)
    parameters = {"matrix": matrix, "gain": gain}

    def setGradients(scale):
        for parameter in parameters.values():
            parameter.grad = (scale * torch.randn(parameter.shape)).double()

    for _ in range(stepsBefore):
        setGradients(0.1)
        optimizer.step()
    roundStateToFloat32(optimizer)

    def state(suffix):
        rows = {}
        for name, parameter in parameters.items():
            held = optimizer.state[parameter]
            rows[name + suffix] = parameter.detach().clone()
            rows[name + "FirstMoment" + suffix] = held.get("exp_avg", torch.zeros_like(parameter)).clone()
            rows[name + "SecondMoment" + suffix] = held.get("exp_avg_sq", torch.zeros_like(parameter)).clone()
        return rows

    inputs = state("")
    setGradients(gradientScale)
    inputs.update({"d" + name.capitalize(): parameter.grad.clone() for name, parameter in parameters.items()})
    norm = torch.nn.utils.clip_grad_norm_(parameters.values(), clipNorm)
    optimizer.step()
    return {
        "op": "adamw",
        "attributes": {
            "step": stepsBefore + 1,
            "learningRate": options["lr"],
            "beta1": 0.9,
            "beta2": 0.95,
            "epsilon": options["eps"],
            "matrixWeightDecay": 0.1,
            "gainWeightDecay": 0,
            "clipNorm": clipNorm,
        },
        "inputs": record(inputs),
        "outputs": record({"gradientNorm": norm, **state("After")}),
    }


def roundStateToFloat32(optimizer):
    with torch.no_grad():
        for parameter, held in optimizer.state.items():
            for tensor in (parameter, held["exp_avg"], held["exp_avg_sq"]):
                tensor.copy_(tensor.float().double())


def spread(low, high, count):
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def functions():
    """Inputs exact in float32, results in float64 from the C library."""
    near = [0.0, 1e-30, -1e-30, 1e-6, -1e-6, 0.5, -0.5, 1.0, -1.0]
    signed = near + spread(-20, 20, 81)
    angles = near + spread(-20, 20, 81) + spread(-8192, 8192, 65) + [k * math.pi / 4 for k in range(-16, 17)]
    points = {
        "exp": near + spread(-87.3, 88.7, 120),
        "log": [1.2e-38, 3.4e38, 1.0, 0.999999, 1.000001, 0.5, 2.0, math.e] + [10.0**e for e in spread(-37, 38, 101)],
        "sin": angles,
        "cos": angles,
        "tanh": signed,
    }
    table = {}
    for name, values in points.items():
        x = [shortest(value) for value in values]
        table[name] = {"x": x, "y": [getattr(math, name)(float(numpy.float32(value))) for value in x]}
    return table


def main():
    torch.manual_seed(SEED)
    cases = [
        *products(),
        rmsNorm(),
        rope(),
        attention(),
        swiglu(),
        embedding(),
        crossEntropy(),
        adamw(stepsBefore=0, gradientScale=1.0),
        adamw(stepsBefore=4, gradientScale=1.0),
        adamw(stepsBefore=4, gradientScale=0.01),
    ]
    vectors = {
        "madeBy": "makeVectors.py",
        "torch": torch.__version__,
        "seed": SEED,
        "cases": cases,
        "functions": functions(),
    }
    path = pathlib.Path(__file__).with_name("ops.json")
    path.write_text(json.dumps(vectors, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
