"""
NeuroLLM in PyTorch: the outside truth for the model's vectors (makeVectors.py) and, unchanged, the peer
that bench/peers/torchTrain.py times, so that what is timed is what is checked.

Plain form: fused q/k/v and gate/up projections, attention as two batched products around a softmax,
single-tensor AdamW. PyTorch stores a linear weight as [out, in]; `canonicalParameters` lists every
parameter under NeuroShard's name, in NeuroShard's order and layout [in, out].
"""

import math
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

NORM_EPSILON = 1e-6
ROPE_THETA = 10000.0
INIT_STD = 0.02


def swigluWidth(width):
    """8h/3 rounded up to a multiple of 64."""
    return (8 * width + 3 * 64 - 1) // (3 * 64) * 64


@dataclass(frozen=True)
class ModelConfig:
    vocabulary: int
    width: int
    layers: int
    heads: int
    kvHeads: int
    context: int
    ffnWidth: int
    tiedHead: bool

    @property
    def headDim(self):
        return self.width // self.heads


def ropeTables(headDim, positions):
    """cos and sin of position * theta^(-2i/headDim), each [positions, headDim], both halves alike (rotate-half)."""
    exponents = torch.arange(0, headDim, 2, dtype=torch.float64) / headDim
    angles = torch.arange(positions, dtype=torch.float64)[:, None] * ROPE_THETA**-exponents
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos().float(), angles.sin().float()


def rotate(x, cos, sin):
    """x: [..., T, headDim]; cos, sin: [T, headDim]."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + NORM_EPSILON) * self.gain


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        attentionWidth = config.heads * config.headDim
        qkvWidth = (config.heads + 2 * config.kvHeads) * config.headDim
        self.attentionNorm = RmsNorm(config.width)
        self.qkv = nn.Linear(config.width, qkvWidth, bias=False)
        self.output = nn.Linear(attentionWidth, config.width, bias=False)
        self.mlpNorm = RmsNorm(config.width)
        self.gateUp = nn.Linear(config.width, 2 * config.ffnWidth, bias=False)
        self.down = nn.Linear(config.ffnWidth, config.width, bias=False)

    def attention(self, x, cos, sin, mask):
        config = self.config
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, config.heads + 2 * config.kvHeads, config.headDim).transpose(1, 2)
        qk, v = heads.split([config.heads + config.kvHeads, config.kvHeads], dim=1)
        q, k = rotate(qk, cos, sin).split([config.heads, config.kvHeads], dim=1)
        if config.kvHeads != config.heads:
            group = config.heads // config.kvHeads
            k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
        q, k, v = (part.reshape(-1, length, config.headDim) for part in (q, k, v))
        scores = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=1 / math.sqrt(config.headDim))
        mixed = torch.bmm(F.softmax(scores, dim=-1), v).view(batch, config.heads, length, config.headDim)
        return self.output(mixed.transpose(1, 2).reshape(batch, length, -1))

    def mlp(self, x):
        gate, up = self.gateUp(x).chunk(2, dim=-1)
        return self.down(F.silu(gate) * up)

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(self.attentionNorm(x), cos, sin, mask)
        return x + self.mlp(self.mlpNorm(x))


class NeuroLlm(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.finalNorm = RmsNorm(config.width)
        self.head = nn.Linear(config.width, config.vocabulary, bias=False)
        if config.tiedHead:
            self.head.weight = self.embedding.weight
        cos, sin = ropeTables(config.headDim, config.context)
        self.register_buffer("cos", cos)
        self.register_buffer("sin", sin)
        future = torch.ones(config.context, config.context, dtype=torch.bool).triu(1)
        self.register_buffer("mask", torch.zeros(config.context, config.context).masked_fill(future, float("-inf")))
        self.initialise()

    def initialise(self):
        residualStd = INIT_STD / math.sqrt(2 * self.config.layers)
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                residual = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(parameter, std=residualStd if residual else INIT_STD)

    def forward(self, tokens):
        """tokens: int64 [batch, T], T <= context -> logits [batch, T, vocabulary]."""
        length = tokens.shape[1]
        cos, sin, mask = self.cos[:length], self.sin[:length], self.mask[:length, :length]
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        return self.head(self.finalNorm(x))

    def loss(self, tokens, targets):
        """Mean cross entropy in nats."""
        return F.cross_entropy(self(tokens).flatten(0, 1), targets.flatten())

    def canonicalParameters(self):
        """[(name, parameter, transposed)]: `transposed` says that NeuroShard stores the parameter as its transpose."""
        rows = [("embedding", self.embedding.weight, False)]
        for index, layer in enumerate(self.layers):
            prefix = f"layers.{index}."
            rows += [
                (prefix + "attentionNorm", layer.attentionNorm.gain, False),
                (prefix + "qkv", layer.qkv.weight, True),
                (prefix + "output", layer.output.weight, True),
                (prefix + "mlpNorm", layer.mlpNorm.gain, False),
                (prefix + "gateUp", layer.gateUp.weight, True),
                (prefix + "down", layer.down.weight, True),
            ]
        rows.append(("finalNorm", self.finalNorm.gain, False))
        if not self.config.tiedHead:
            rows.append(("head", self.head.weight, True))
        return rows


def makeAdamW(model, learningRate, weightDecay=0.1):
    """AdamW with betas 0.9 / 0.95; matrices (embedding included) decay, gains do not."""
    matrices = [p for p in model.parameters() if p.ndim == 2]
    gains = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": matrices, "weight_decay": weightDecay}, {"params": gains, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=learningRate, betas=(0.9, 0.95), eps=1e-8, foreach=False)
