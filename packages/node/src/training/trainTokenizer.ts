/** A tokenizer from a corpus, of the kind that a preset wants. */
import { type Preset, type Tokenizer, trainBpe, trainCharacters } from "@neuroshard/model";
import { type Corpus, continuousTexts } from "@neuroshard/training";

/** Tokenizers are trained on this much text at most: more changes little and takes long. */
const MOST_TOKENIZER_CHARACTERS = 2 ** 24;

export function trainTokenizer(corpus: Corpus, wanted: Preset["tokenizer"]): Tokenizer {
  if (wanted.kind === "characters") return trainCharacters(continuousTexts(corpus));
  return trainBpe(limitedTexts(corpus), { vocabularySize: wanted.vocabularySize });
}

function* limitedTexts(corpus: Corpus): Generator<string> {
  let left = MOST_TOKENIZER_CHARACTERS;
  for (const { text } of corpus.pieces()) {
    if (left <= 0) return;
    yield text.length <= left ? text : text.slice(0, left);
    left -= text.length;
  }
}
