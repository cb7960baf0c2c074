/** Whether a model of a network has learned to answer. */
import type { Tokenizer } from "@neuroshard/model";
import { chatPrompt } from "@neuroshard/training";
import { type ModelSource, type ReadableBlobs, readTokens } from "../rounds/networkModel.ts";

/**
 * Whether the text that the model is measured on has questions and answers in the form of the prompt. Throws BlobMissing,
 * NodeError BAD_GENESIS.
 */
export function hasDialogues(training: ModelSource, tokenizer: Tokenizer, blobs: ReadableBlobs): boolean {
  const text = tokenizer.decode(readTokens(training, "validationTokens", blobs));
  const [asker = "", answerer = ""] = chatPrompt("").split("\n");
  return text.includes(`\n${asker}`) && text.includes(`\n${answerer} `);
}
