"""Makes vectors.json: what the Hugging Face `tokenizers` library says about the tokenizers exported by this package.

    pip install tokenizers==0.23.3
    python makeVectors.py

Reads bpe.tokenizer.json and characters.tokenizer.json beside it (vectors.test.ts writes them when run with -u).
"""

import json
import random
from pathlib import Path

from tokenizers import Tokenizer

HERE = Path(__file__).parent

ENGLISH = [
    "",
    " ",
    "a",
    "The boats came back before the wind turned.",
    "It's what they'd've said, isn't it? I'm sure we'll see; you're right, he'd know.",
    "'tis 'twas 'em 'sdeath rock'n'roll the dogs' bowls 'quoted' 's 't 'll 're 've 'd 'm 'S 'LL",
    "it’s don’t we’ll they’re I’ve he’d I’m ‘single’ “double” ’s",
    "she's, it's; who's? that's! 'll",
    "Hello,world!No spaces.Here(or there)[or here]{and here}<and>",
    "ninety-four well-known --- -- - semi-colon; e.g. i.e. etc...",
    "ALL CAPITALS AND MiXeD cAsE",
    "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "   leading and trailing   ",
    "between  two   three    four     spaces",
]
NUMBERS = [
    "0",
    "7 boats, 12 boats, 1987, 2024, 31415926535",
    "3.50 + 12.75 = 16.25; 1,000,000; -4; 5e-3; 0x1F; 1/2; 50%; 10:45",
    " 1  2   3    4",
    "1980's 5'11\" x2 y3z ٣٤٥ ½ ² ⅷ 五",
]
CODE = [
    "def count_boats(boats):\n    total = 0\n    for boat in boats:\n        total += 1\n    return total\n",
    "function f(a, b) {\n\treturn a?.b ?? `${c}` !== 'd' && x >>> 0;\n}\n\n\n// done\n",
    '{"boats": [{"name": "Petrel", "oars": 2}], "lamp": true, "wind": null}',
    "#include <stdio.h>\r\nint main(void) { return 0; }\r\n",
    "SELECT * FROM t WHERE a = 'b' AND c != \"d\";--comment",
    "https://example.org/a/b?c=d&e=f#g user@example.org C:\\dir\\file.txt ~/.profile $HOME",
    "<p class=\"x\">&amp; &lt;</p> \\frac{a}{b} ^_^ \\o/ <|eos|x",
]
BLANKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "a\nb",
    "a \nb",
    "a\n b",
    "a\n\n  b",
    "a\t\tb",
    "a \t b",
    " \n ",
    "a   \n",
    "a  ",
    "\x0b\x0c x",
    "one\r\ntwo\r\n\r\nthree\rfour",
    " " * 100,
    "x" + " " * 70 + "y",
    "\n" * 60,
]
UNICODE = [
    "Le phare est à côté de la forêt ; « l'été » — à bientôt !",
    "Der große Leuchtturm, über das Wasser. Ça va? ¿Cuántos? ¡Señora!",
    "Маяк стоит на берегу моря. Каждый вечер…",
    "灯台は海のそばにあります。毎晩、光は海を照らします！",
    "灯塔在海边。每天晚上，灯塔的光照着大海：“海很大”？",
    "등대는 바다 옆에 있습니다.",
    "المنارة بجانب البحر، والسفن تعود.",
    "प्रकाशस्तंभ समुद्र के पास है।",
    "ประภาคารอยู่ริมทะเล",
    "😀👍🏽🌊🚢💡 👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇩🇪🇫🇷 ❤️ a😀b 😀 😀",
    "e\u0301 a\u0302\u0303 \u0301 n\u0303o \u20dd",
    "a\u00a0b\u1680c\u2003d\u200be\u2028f\u2029g\u202fh\u3000i\ufeffj\u0085k\u180el",
    "\ufeffstarts with a byte order mark",
    "\x00\x01\x1b[0m\x7f\x80\x9f\u00ad",
    "\uff21\uff22\uff23 \uff11\uff12 \uff41\uff42 \uff01\uff0c\uff1f \uff40",
    "\ud7ff\ue000\ufffd\ufffe\uffff\U00010000\U0010ffff",
    "‰ ⁂ † ‡ ₁ € ™ → ∑ √ ≈ ░ ☃ ✓ \u2070\u207f\u2080\u1fff",
    "ÀÉÎÕÜ àéîõü ×÷ ªº ¼½¾ µ¶·",
]
LONG = [
    "a" * 200,
    "ab" * 150,
    "the" * 60,
    "!" * 90,
    "🌊" * 40,
    "海" * 80,
    "Wind from the north, 7 boats out, 7 boats back. " * 5,
]

POOLS = [
    list("abcdefghijklmnopqrstuvwxyzABCXYZ"),
    list("0123456789"),
    list(" \t\n\r\x0b\x0c"),
    list("   "),
    list("'’stdmlrev "),
    list("!?.,:;-_()[]{}<>@#$%^&*`~\"\\/|+="),
    [chr(c) for c in range(0x80, 0x250)],
    [chr(c) for c in range(0x1FF0, 0x2090)],
    [chr(c) for c in range(0x2FF0, 0x3050)],
    [chr(c) for c in range(0xFEF0, 0xFF60)],
    [chr(c) for c in range(0x1F600, 0x1F650)] + ["\u200d", "\ufe0f"],
    [" the", " and", "ing", " boats", " lighthouse", "海", "灯", "мор", "ß"],
]


def random_character(rng):
    code_point = rng.randrange(0x110000 - 0x800)
    return chr(code_point if code_point < 0xD800 else code_point + 0x800)


def random_text(rng):
    pools = rng.sample(POOLS, rng.randrange(1, 5))
    parts = []
    for _ in range(rng.randrange(1, 40)):
        parts.append(random_character(rng) if rng.random() < 0.05 else rng.choice(rng.choice(pools)))
    return "".join(part * (rng.randrange(2, 6) if rng.random() < 0.08 else 1) for part in parts)


def main():
    rng = random.Random(20240607)
    bpe = Tokenizer.from_file(str(HERE / "bpe.tokenizer.json"))
    characters = Tokenizer.from_file(str(HERE / "characters.tokenizer.json"))

    texts = ENGLISH + NUMBERS + CODE + BLANKS + UNICODE + LONG + [random_text(rng) for _ in range(300)]
    id_lists = [[rng.randrange(bpe.get_vocab_size()) for _ in range(rng.randrange(1, 12))] for _ in range(120)]
    id_lists += [list(range(10)), [10 + byte for byte in range(256)], [1, 74, 2, 75, 0]]

    known = set(characters.get_vocab())
    character_texts = [text for text in ENGLISH + BLANKS if text and set(text) <= known]
    vectors = {
        "bpe": [[text, bpe.encode(text).ids] for text in texts],
        "bpeDecoded": [[ids, bpe.decode(ids)] for ids in id_lists],
        "characters": [[text, characters.encode(text).ids] for text in character_texts],
        "charactersRefused": [text for text in UNICODE if is_refused(characters, text)],
    }
    lines = []
    for name, rows in vectors.items():
        body = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        lines.append(f"{json.dumps(name)}: [\n{body}\n]")
    (HERE / "vectors.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def is_refused(tokenizer, text):
    try:
        tokenizer.encode(text)
    except Exception:
        return True
    return False


if __name__ == "__main__":
    main()
