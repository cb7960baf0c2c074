/** Streams of texts from a node's HTTP API, timed as its client sees them. */

export interface TimedText {
  /** From the request to the first event. */
  readonly firstMs: number;
  readonly tokens: number;
}

const PROMPT = "Once upon a time there was a";

/** One text of at most so many tokens. */
export async function timedText(url: string, maxTokens: number, seed: number): Promise<TimedText> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/v1/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ model: "neuroshard", prompt: PROMPT, max_tokens: maxTokens, seed },
      ...{ stream: true, stream_options: { include_usage: true } },
    }),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  const decoder = new TextDecoder();
  let firstMs: number | undefined;
  let text = "";
  for await (const chunk of response.body!) {
    firstMs ??= performance.now() - startedAt;
    text += decoder.decode(chunk, { stream: true });
  }
  const tokens = Number(/"completion_tokens":(\d+)/.exec(text)?.[1]);
  if (firstMs === undefined || !text.endsWith("data: [DONE]\n\n") || !Number.isInteger(tokens))
    throw new Error("a stream ended without its counts");
  return { firstMs, tokens };
}

/** Tokens per second of so many texts at once, together. */
export async function streamsPerSecond(url: string, streams: number, maxTokens: number): Promise<number> {
  const startedAt = performance.now();
  const texts = await Promise.all(Array.from({ length: streams }, (_, seed) => timedText(url, maxTokens, seed)));
  const seconds = (performance.now() - startedAt) / 1000;
  return texts.reduce((sum, { tokens }) => sum + tokens, 0) / seconds;
}
