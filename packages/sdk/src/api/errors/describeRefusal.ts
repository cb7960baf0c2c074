/** What the surface refuses, in one sentence each: the cause; the remedy. */
import type { RefusalCode, Refusals } from "./apiErrorCode.ts";

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  read: "look at this node",
  serve: "use its model",
  wallet: "hand in transactions",
  admin: "change this node",
};

const REFUSAL_TEXTS: { readonly [C in RefusalCode]: (figures: Refusals[C]) => string } = {
  NOT_FOUND: ({ what }) => `there is no ${what}; check the name`,
  BAD_REQUEST: ({ path, reason }) => `${path} ${reason}; the contract is at /api/v1/openapi.json`,
  TOO_LARGE: ({ mostBytes }) => `the request is too large; send at most ${mostBytes} bytes`,
  TOO_MANY_REQUESTS: ({ retryAfterSeconds }) => `too many requests; try again in ${retryAfterSeconds} s`,
  UNSUPPORTED_MEDIA: ({ expected }) => `the body is of another type; send ${expected}`,
  FORBIDDEN: ({ reason }) => `${reason}; ask this machine directly, by its loopback address`,
  UNAUTHORIZED: ({ reason }) =>
    `${reason}; send one that \`neuroshard token create\` made, as \`Authorization: Bearer TOKEN\``,
  SCOPE_MISSING: ({ needed }) =>
    `this client may not ${SCOPE_WORDS[needed] ?? needed}; use a token with the scope ${needed}, from \`neuroshard token create\``,
  IDEMPOTENCY_CONFLICT: ({ key }) =>
    `the key ${key} came before, with another body; choose a new key for a new request`,
  POOL_FULL: () => "as many transactions are waiting as the node can hold; send it again in a moment",
  TOO_MANY_PENDING: ({ pending }) =>
    `${pending} transactions of this account are waiting; send more when they have their block`,
  TRANSACTION_TOO_LARGE: ({ mostBytes, bytes }) => `the transaction has ${bytes} bytes; make it at most ${mostBytes}`,
  READ_ONLY: ({ reason }) => `${reason}; send transactions to the node that makes the blocks`,
  UNAVAILABLE: ({ reason }) => `${reason}; try again later`,
  MODEL_NOT_READY: ({ reason, retryAfterSeconds }) => `${reason}; try again in ${retryAfterSeconds} s`,
  MODEL_NOT_FOUND: ({ model }) => `no model ${model} is served; ask for neuroshard, the newest one`,
  CONTEXT_LENGTH_EXCEEDED: ({ context, asked, prompt, completion }) =>
    `the model's context has ${context} tokens and this takes ${asked} (${prompt} of the prompt, ${completion} to write); shorten the prompt, or ask for fewer tokens`,
  INTERNAL: ({ reference }) => `the node has a fault; its log tells more under ${reference}`,
};

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSAL_TEXTS, code);
}

export function describeRefusal(code: RefusalCode, figures: Readonly<Record<string, string>>): string {
  const text = REFUSAL_TEXTS[code] as (figures: Readonly<Record<string, string>>) => string;
  return text(figures);
}
