/**
 * The one written form of a conversation, in the corpus and at the prompt of a trained model:
 *
 *     User: What is 3 plus 4?
 *     Neuro: 3 plus 4 is 7.
 *
 * A turn is one line. The model writes what follows "Neuro:" and ends with a line break.
 */

export interface ChatTurn {
  readonly question: string;
  readonly answer: string;
}

/** The end of an answer: give this to the generator as its stop string. */
export const chatStop = "\n";

const asker = "User:";
const answerer = "Neuro:";

/** The text of one finished turn, without a line break at its end. */
export function chatTurn({ question, answer }: ChatTurn): string {
  return `${chatPrompt(question)} ${oneLine(answer)}`;
}

/** What a trained model is given to answer `question`: earlier turns if any, the question, and its own mark. */
export function chatPrompt(question: string, history: readonly ChatTurn[] = []): string {
  const before = history.map((turn) => `${chatTurn(turn)}\n`).join("");
  return `${before}${asker} ${oneLine(question)}\n${answerer}`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
