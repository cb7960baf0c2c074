/** The built-in corpus of generated stories and conversations: a first run needs no download. */
import { type Corpus, documentSeparator, type StoriesRequest, takeStories } from "@neuroshard/training";
import { sha256 } from "./sha256.ts";

/** The name under which `readCorpus` knows it. */
export const storiesName = "stories";

/** The corpus that everybody means by "stories". */
const defaultStories: StoriesRequest = { seed: 1, minBytes: 2_000_000 };

export function storiesCorpus(request: StoriesRequest = defaultStories): Corpus {
  const documents = takeStories(request);
  return {
    name: storiesName,
    sha256: sha256(documents.join(documentSeparator)),
    pieces: () => documents.map((text) => ({ text, endsDocument: true })),
  };
}
