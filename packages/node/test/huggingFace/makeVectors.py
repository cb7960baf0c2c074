"""Makes vectors.json: what Hugging Face's `transformers` says about the models exported by this package.

    pip install torch==2.15.0 transformers==5.23.0
    python makeVectors.py

Runs exportedModels.ts with Node (at least 22.18; the repository's own where it is installed), loads each exported folder
with AutoModelForCausalLM and AutoTokenizer, and records the digests of the files, the ids of each prompt, the logits after
its last two tokens, and the greedy continuation. Numbers are float32 with the shortest digits that read back the same.
"""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = Path(__file__).resolve().parent
OWN_NODE = HERE.parents[3] / "node_modules" / ".bin" / "node"

PROMPTS = {
    "bytePairs": [
        "The",
        "The ferry leaves at",
        '"How many umbrellas',
        "Émile doesn't",
        "It's 1974; 24 boats!\n\n",
        "  two  spaces\tand 😀",
    ],
    "characters": [
        "T",
        "The ferry leaves at six in ",
        "\n\nWhen the wind comes from the north, the f",
    ],
    "untiedHead": [
        "hum",
        "whistling and humming",
    ],
}
MOST_NEW_TOKENS = 20
LAST_POSITIONS = 2


def make_exports(folder):
    node = str(OWN_NODE) if OWN_NODE.exists() else "node"
    module = json.dumps((HERE / "exportedModels.ts").as_uri())
    code = f"import {{ makeExports }} from {module}; await makeExports(process.argv[1]);"
    subprocess.run([node, "--input-type=module", "--eval", code, str(folder)], check=True)


def load(folder):
    model, info = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    problems = {kind: list(names) for kind, names in info.items() if names}
    if problems:
        raise SystemExit(f"{folder} does not load cleanly: {problems}")
    return model.eval(), AutoTokenizer.from_pretrained(folder)


def shortest(values):
    return [float(str(value)) for value in values.numpy()]


def ask(model, tokenizer, prompt):
    inputs = tokenizer(prompt, return_tensors="pt", return_token_type_ids=False)
    ids = inputs.input_ids[0]
    room = model.config.max_position_embeddings - len(ids)
    with torch.no_grad():
        logits = model(**inputs).logits[0, -LAST_POSITIONS:]
        longer = model.generate(**inputs, do_sample=False, max_new_tokens=min(MOST_NEW_TOKENS, room))[0]
    greedy = longer[len(ids) :]
    return {
        "prompt": prompt,
        "ids": ids.tolist(),
        "logits": [shortest(row) for row in logits],
        "greedyIds": greedy.tolist(),
        "greedyText": tokenizer.decode(greedy, skip_special_tokens=True),
    }


def describe(folder, prompts):
    model, tokenizer = load(folder)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    return {"files": files, "answers": [ask(model, tokenizer, prompt) for prompt in prompts]}


def main():
    torch.set_num_threads(1)
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    with tempfile.TemporaryDirectory() as folder:
        make_exports(Path(folder))
        models = {name: describe(Path(folder) / name / "export", prompts) for name, prompts in PROMPTS.items()}
    (HERE / "vectors.json").write_text(json.dumps({"madeWith": versions, "models": models}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
