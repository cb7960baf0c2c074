"""
Writes the model's vectors: `/usr/bin/python3 makeVectors.py` (Debian: python3-torch) makes neuroLlm.json beside this
file, one case with a tied and one with an untied head. One thread is used: a second run with the same BLAS writes the
same bytes, another BLAS may move the last digit.

Every number is a float32 with the shortest digits that read back as the same float32. Matrices have standard
deviation 0.25 and gains spread around 1: with the model's real initialisation attention is almost uniform, and
a wrong mask or rotation would hide in the last digits.

A case: `config`; `parameters` and `gradients` [{name, shape, values}] in NeuroShard's order and layout (a weight is
[in, out]); `tokens`, `targets` [batch * context]; `loss` (mean cross entropy, nats); `logits`
[batch * context * vocabulary]; `adamw`: ten steps on the same batch: `losses` and unclipped `gradientNorms` seen by
each step before its update, `lossAfter` all of them, and the sum of absolute values of every parameter then.
"""

import json
import pathlib
from dataclasses import asdict

import numpy
import torch

from neuroLlm import ModelConfig, NeuroLlm, makeAdamW

SEED = 1337
BATCH = 2
WEIGHT_STD = 0.25
GAIN_STD = 0.2
ADAMW_STEPS = 10
LEARNING_RATE = 1e-2
CLIP_NORM = 1.0


def floats(tensor):
    """Flat list of Python floats whose shortest decimal form is the shortest of the float32 value."""
    exact = tensor.detach().contiguous().numpy().ravel()
    short = [float(str(value)) for value in exact]
    assert numpy.array_equal(numpy.array(short, dtype=numpy.float64).astype(numpy.float32), exact)
    return short


def named(model, pick):
    rows = []
    for name, parameter, transposed in model.canonicalParameters():
        value = pick(parameter).detach()
        value = value.t() if transposed else value
        rows.append({"name": name, "shape": list(value.shape), "values": floats(value)})
    return rows


def randomise(model):
    with torch.no_grad():
        for _, parameter, transposed in model.canonicalParameters():
            if parameter.ndim == 1:
                parameter.copy_(1 + GAIN_STD * torch.randn(parameter.shape))
            else:
                shape = parameter.t().shape if transposed else parameter.shape
                drawn = WEIGHT_STD * torch.randn(shape)
                parameter.copy_(drawn.t() if transposed else drawn)


def adamwSteps(model, tokens, targets):
    optimizer = makeAdamW(model, LEARNING_RATE)
    losses, norms = [], []
    for _ in range(ADAMW_STEPS):
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(tokens, targets)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM))
        losses.append(loss)
        optimizer.step()
    absSums = {name: float(p.detach().double().abs().sum()) for name, p, _ in model.canonicalParameters()}
    return {
        "learningRate": LEARNING_RATE,
        "beta1": 0.9,
        "beta2": 0.95,
        "epsilon": 1e-8,
        "weightDecay": 0.1,
        "clipNorm": CLIP_NORM,
        "losses": floats(torch.stack(losses)),
        "gradientNorms": floats(torch.stack(norms)),
        "lossAfter": floats(model.loss(tokens, targets))[0],
        "absSumAfter": sum(absSums.values()),
        "absSumsAfter": absSums,
    }


def makeCase(tiedHead):
    torch.manual_seed(SEED)
    config = ModelConfig(
        vocabulary=17, width=16, layers=2, heads=4, kvHeads=2, context=8, ffnWidth=24, tiedHead=tiedHead
    )
    model = NeuroLlm(config)
    randomise(model)
    tokens = torch.randint(config.vocabulary, (BATCH, config.context))
    targets = torch.randint(config.vocabulary, (BATCH, config.context))
    parameters = named(model, lambda parameter: parameter)
    logits = model(tokens)
    loss = model.loss(tokens, targets)
    loss.backward()
    return {
        "name": "tied head" if tiedHead else "untied head",
        "config": {**asdict(config), "batch": BATCH, "headDim": config.headDim},
        "tokens": tokens.flatten().tolist(),
        "targets": targets.flatten().tolist(),
        "loss": floats(loss)[0],
        "parameters": parameters,
        "logits": floats(logits),
        "gradients": named(model, lambda parameter: parameter.grad),
        "adamw": adamwSteps(model, tokens, targets),
    }


def main():
    torch.set_num_threads(1)
    vectors = {
        "madeBy": "makeVectors.py",
        "torch": torch.__version__,
        "seed": SEED,
        "cases": [makeCase(tiedHead=True), makeCase(tiedHead=False)],
    }
    path = pathlib.Path(__file__).with_name("neuroLlm.json")
    path.write_text(json.dumps(vectors, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
