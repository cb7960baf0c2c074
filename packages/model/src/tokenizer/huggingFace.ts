/**
 * Export for Hugging Face `tokenizers` / `transformers`: the contents of tokenizer.json and tokenizer_config.json.
 * The exported tokenizer gives the same ids, with one difference that cannot be stored in the file: Hugging Face recognises
 * the names of special tokens inside text unless `encode_special_tokens` is set, `encode` here never does.
 */
import { MergeList } from "./mergeList.ts";
import { PRE_TOKENIZER_PATTERN } from "./preTokenizer.ts";
import type { BpeTokenizerJson, CharacterTokenizerJson, Tokenizer } from "./types.ts";
import { BEGIN_OF_TEXT_ID, END_OF_TEXT_ID, PADDING_ID, SPECIAL_TOKENS, UNKNOWN_ID } from "./vocabulary.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Content of tokenizer.json. */
export function toHuggingFace(tokenizer: Tokenizer): JsonObject {
  const json = tokenizer.toJson();
  return json.kind === "bpe" ? bpeFile(json) : characterFile(json);
}

/** Content of tokenizer_config.json, which `transformers` reads beside tokenizer.json. */
export function toHuggingFaceConfig(tokenizer: Tokenizer): JsonObject {
  // Without the second line older versions of transformers delete spaces before punctuation when they decode.
  const common = { tokenizer_class: "PreTrainedTokenizerFast", clean_up_tokenization_spaces: false };
  if (tokenizer.kind === "characters") return common;
  return {
    ...common,
    pad_token: SPECIAL_TOKENS[PADDING_ID],
    bos_token: SPECIAL_TOKENS[BEGIN_OF_TEXT_ID],
    eos_token: SPECIAL_TOKENS[END_OF_TEXT_ID],
    unk_token: SPECIAL_TOKENS[UNKNOWN_ID],
  };
}

function bpeFile({ merges }: BpeTokenizerJson): JsonObject {
  const list = new MergeList();
  for (const [left, right] of merges) list.add(left, right);
  const nameOf = (id: number): string =>
    SPECIAL_TOKENS[id] ?? Array.from(list.bytesOf(id), (byte) => BYTE_NAMES[byte]).join("");
  const names = Array.from({ length: list.vocabularySize }, (_, id) => nameOf(id));
  return {
    ...file,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({ id, content, ...exactMatch, special: true })),
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: PRE_TOKENIZER_PATTERN }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", ...byteLevel },
      ],
    },
    decoder: { type: "ByteLevel", ...byteLevel },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
      merges: merges.map(([left, right]) => `${names[left]} ${names[right]}`),
    },
  };
}

/** A word model over single characters: it refuses an unknown character, as `encode` does, where others would drop it. */
function characterFile({ characters }: CharacterTokenizerJson): JsonObject {
  return {
    ...file,
    added_tokens: [],
    pre_tokenizer: { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false },
    decoder: { type: "Fuse" },
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries(Array.from(characters, (character, id) => [character, id])),
      unk_token: SPECIAL_TOKENS[UNKNOWN_ID],
    },
  };
}

const file = { version: "1.0", truncation: null, padding: null, normalizer: null, post_processor: null } as const;
const exactMatch = { single_word: false, lstrip: false, rstrip: false, normalized: false } as const;
const byteLevel = { add_prefix_space: false, trim_offsets: false, use_regex: false } as const;

/**
 * One printable character for each byte, as GPT-2 introduced: a byte that is a visible Latin-1 character is itself, the
 * other 68 are U+0100 onwards in order.
 */
const BYTE_NAMES: readonly string[] = byteNames();

function byteNames(): string[] {
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const isVisible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    return String.fromCharCode(isVisible ? byte : 0x100 + hidden++);
  });
}
