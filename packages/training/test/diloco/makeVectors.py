"""
Writes vectors.json beside this file: `python3 makeVectors.py` with numpy 2.4 and scipy 1.17.

`aggregations`: `rows` [contributions][coordinates] and `trim`, how many go on each side; what comes out in double
precision by numpy.mean, scipy.stats.trim_mean, numpy.median, Krum as in the paper, and scipy.optimize for the point with
the least sum of distances. `codecs`: `values` and the blocks that they become, hexadecimal, without the header.
`steps`: three outer steps as torch.optim.SGD(nesterov=True) makes them, every operation in float32.
"""

import json
import pathlib

import numpy as np
from scipy import optimize, stats

random = np.random.default_rng(4)


def floats(array):
    """Shortest decimals that read back as the same float32."""
    return [float(str(value)) for value in np.asarray(array, dtype=np.float32).ravel()]


def krum_order(rows):
    count = len(rows)
    attackers = (count - 3) // 2
    squared = ((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2)
    scores = [np.sort(np.delete(squared[own], own))[: count - attackers - 2].sum() for own in range(count)]
    return np.argsort(scores, kind="stable"), count - attackers - 2


def least_distances(rows):
    def cost(point):
        return np.sqrt(((rows - point) ** 2).sum(axis=1)).sum()

    options = {"maxiter": 20000, "gtol": 1e-12}
    return optimize.minimize(cost, rows.mean(axis=0), method="BFGS", options=options).x


def aggregation(count, coordinates, trim):
    rows = random.normal(size=(count, coordinates)).astype(np.float32)
    rows[0] *= 30
    wide = rows.astype(np.float64)
    order, taken = krum_order(wide)
    return {
        "trim": trim,
        "rows": [floats(row) for row in rows],
        "mean": wide.mean(axis=0).tolist(),
        "trimmedMean": stats.trim_mean(wide, (trim + 0.5) / count, axis=0).tolist(),
        "coordinateMedian": np.median(wide, axis=0).tolist(),
        "krum": wide[order[0]].tolist(),
        "multiKrum": wide[order[:taken]].mean(axis=0).tolist(),
        "geometricMedian": least_distances(wide).tolist(),
    }


def quantized(values, levels):
    scale = np.float32(np.abs(values).max().astype(np.float64) / levels)
    steps = np.floor(values.astype(np.float64) / np.float64(scale) + 0.5)
    return scale, np.clip(steps, -levels, levels).astype(np.int64)


def int8(values):
    scale, steps = quantized(values, 127)
    return scale.tobytes() + steps.astype(np.int8).tobytes()


def int4(values):
    out = b""
    for block in np.split(values, range(64, len(values), 64)):
        scale, steps = quantized(block, 7)
        nibbles = [int(step) + 8 for step in steps] + [8] * (len(steps) % 2)
        out += scale.tobytes() + bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2]))
    return out


def top_k(values):
    scale, steps = quantized(values, 127)
    kept = sorted(np.argsort(-np.abs(values), kind="stable")[:64])
    return scale.tobytes() + b"".join(int(i).to_bytes(2, "little") + np.int8(steps[i]).tobytes() for i in kept)


def codec(name, encode, count):
    values = (random.normal(size=count) * 1e-3).astype(np.float32)
    values[3] = values[5]
    values[8] = 0
    return {"name": name, "values": floats(values), "blocks": encode(values).hex()}


def outer_steps():
    rate, mu = np.float32(0.7), np.float32(0.9)
    weights, momentum = random.normal(size=6).astype(np.float32), np.zeros(6, dtype=np.float32)
    case = {"rate": 0.7, "momentum": 0.9, "weights": floats(weights), "steps": []}
    for _ in range(3):
        levels = random.integers(-127, 128, size=6)
        levels[0] = 127
        gradient = np.float32(1 / 1024) * levels.astype(np.float32)
        momentum = mu * momentum + gradient
        weights = weights - rate * (gradient + mu * momentum)
        assert weights.dtype == np.float32
        case["steps"].append({"gradient": floats(gradient), "weights": floats(weights), "momentum": floats(momentum)})
    return case


vectors = {
    "aggregations": [aggregation(5, 7, 1), aggregation(16, 9, 1), aggregation(12, 5, 3), aggregation(4, 6, 1)],
    "codecs": [codec("int8", int8, 70), codec("int4", int4, 71), codec("top-k", top_k, 200)],
    "steps": outer_steps(),
}
path = pathlib.Path(__file__).with_name("vectors.json")
path.write_text(json.dumps(vectors) + "\n")
