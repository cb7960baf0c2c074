"""Makes vectors.json: what Python's own json and hashlib say about proposals written as plain dictionaries.

    python3 makeVectors.py

Standard library only. The first three hashes are also published in the digest of the ancestor.
"""

import copy
import hashlib
import json
import random
import struct
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent

IMPACT = {
    "training_reward_multiplier": 1.0,
    "training_efficiency_multiplier": 1.0,
    "inference_reward_multiplier": 1.0,
    "inference_cost_multiplier": 1.0,
    "min_memory_change_mb": 0,
    "min_compute_change_tflops": 0.0,
    "staking_multiplier_change": 0.0,
    "upgrade_cost_neuro": 0.0,
    "net_earnings_change_percent": 0.0,
}
PATH = {
    "min_version": "0.0.0",
    "target_version": "0.0.0",
    "grace_period_days": 7,
    "activation_delay_blocks": 10000,
    "backward_compatible": False,
    "requires_checkpoint_reload": False,
    "migration_steps": [],
}
BLANK = {
    "title": "",
    "nep_type": "arch",
    "abstract": "",
    "motivation": "",
    "specification": "",
    "parameter_changes": [],
    "economic_impact": IMPACT,
    "upgrade_path": PATH,
}
BESIDE = {
    "nep_id": "NEP-007",
    "status": "voting",
    "author_node_id": "node",
    "created_at": 1733500000.25,
    "updated_at": 1733500001.1234567,
    "voting_start": 1733500000.5,
    "voting_end": 1734104800.5,
    "approval_threshold": 0.66,
    "quorum_threshold": 0.2,
    "activation_block": None,
    "content_hash": "stale",
    "signature": "abc",
}


def proposal(impact=(), path=(), **content):
    made = copy.deepcopy(BLANK)
    made.update(content)
    made["economic_impact"].update(impact)
    made["upgrade_path"].update(path)
    return made


def change(module, parameter, old_value, new_value, rationale):
    keys = ("module", "parameter", "old_value", "new_value", "rationale")
    return dict(zip(keys, (module, parameter, old_value, new_value, rationale)))


THIRD = [
    change("economics.constants", "TRAINING_REWARD_PER_BATCH", 0.0005, 0.0003, "r"),
    change("model.llm", "MTP_ENABLED", False, True, "x"),
    change("m", "p", None, 1e-05, ""),
]
STRANGE = [
    change("a", "1", 1, 1.0, "one and one"),
    change("a", "2", 123456789012345678901234567890, 1e16, "\u2028 \x7f \" \\ / \b\f\r\t"),
    change("a", "3", 0.1 + 0.2, 1e22, "\U0001f600 \ud800"),
    change("a", "4", {"z": 1, "\U0001f600": 2, "\uffff": 3, "": []}, [[], {}, [None, True]], ""),
    change("a", "5", -0.0, 5e-324, ""),
]
PROPOSALS = [
    proposal(),
    proposal(title="T", nep_type="train", abstract="A", motivation="M", specification="S"),
    proposal(
        title="é→\n",
        nep_type="econ",
        parameter_changes=THIRD,
        impact={"training_reward_multiplier": 0.6, "min_memory_change_mb": -2000},
        path={"migration_steps": ["a"]},
    ),
    proposal(impact={"training_reward_multiplier": 2}),
    proposal(impact={"training_reward_multiplier": 2.0}),
    proposal(title="x", parameter_changes=STRANGE, path={"backward_compatible": True, "grace_period_days": 30}),
    proposal(nep_type="emergency", impact={key: 0.1 * n for n, key in enumerate(IMPACT)}),
]

ORDER = ["nep_id", "title", "nep_type", "status", "author_node_id", "created_at", "updated_at", "abstract"]
ORDER += ["motivation", "specification", "parameter_changes", "economic_impact", "upgrade_path", "voting_start"]
ORDER += ["voting_end", "approval_threshold", "quorum_threshold", "activation_block", "content_hash", "signature"]


def stored(content):
    whole = {**BESIDE, **content}
    return json.dumps({key: whole[key] for key in ORDER})


def content_hash(content):
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def float_sources():
    chance = random.Random(20240607)
    yield from ["0.0", "-0.0", "1.0", "1.50", "1e5", "1E+5", "-2.5e-3", "0.0001", "0.00001", "1e15", "1e16", "1e17"]
    yield from ["9007199254740993.0", "0.1000000000000000055511151231257827", "2.2250738585072011e-308", "5e-324"]
    yield from ["2e-324", "3e-324", "1.7976931348623157e308", "123456789012345680.0", "5.684341886080801e-14"]
    yield from [repr(2.0**power) for power in range(-1074, 1024, 37)]
    for _ in range(300):
        (value,) = struct.unpack("<d", chance.randbytes(8))
        if value == value and abs(value) != float("inf"):
            yield "%.*e" % (chance.randrange(1, 25), value)
    for _ in range(100):
        yield "%.*f" % (chance.randrange(1, 20), chance.uniform(-1000, 1000))


TENTHS = ["0.25", "0.35", "-0.25", "-0.35", "0.05", "-0.04", "0.04", "99.95", "-99.95", "20", "-40", "0.150000000000000001"]

vectors = {
    "proposals": [{"stored": stored(content), "hash": content_hash(content)} for content in PROPOSALS],
    "floats": [{"source": source, "repr": repr(float(source))} for source in float_sources()],
    "tenths": [{"source": source, "text": format(Decimal(source), "+.1f")} for source in TENTHS],
}
(HERE / "vectors.json").write_text(json.dumps(vectors, indent=1) + "\n")
