/** OpenAI's own client, unchanged, against a node with a trained model. */
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from "openai";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { HttpOptions } from "../../src/http/startHttp.ts";
import { type ServingNode, servingNode } from "./servingNode.ts";
import { type TrainedNetwork, trainedNetwork } from "./trainedNetwork.ts";

const TOKEN = `nst_${"a".repeat(43)}`;
const tokens = {
  find: (text: string) => (text === TOKEN ? { name: "test", scopes: ["read", "serve"] as const } : undefined),
};
const access: HttpOptions["access"] = { tokens } as never;
const LIMIT_MS = 240_000;

let network: TrainedNetwork;
let node: ServingNode;
let client: OpenAI;
beforeAll(async () => {
  network = await trainedNetwork();
  node = await servingNode(network, { access });
  client = clientOf(node);
}, LIMIT_MS);
afterAll(async () => {
  await node.close();
  await network.remove();
});

function clientOf({ url }: Pick<ServingNode, "url">, apiKey = TOKEN): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
}

const story = { model: "neuroshard", prompt: "Anna counts", max_tokens: 20, seed: 7 } as const;
const question: OpenAI.ChatCompletionCreateParamsNonStreaming = {
  model: "neuroshard",
  messages: [{ role: "user", content: "How many boats?" }],
  seed: 3,
};

async function failure(action: Promise<unknown>): Promise<unknown> {
  return await action.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Of this node, until no text has a slot or waits. */
async function untilIdle(): Promise<void> {
  while (node.serving.load.active + node.serving.load.queued > 0) await new Promise((done) => setTimeout(done, 5));
}

describe("models", () => {
  test("are listed: the newest one by two names", async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id, object, owned_by }) => [id, object, owned_by])).toEqual([
      ["neuroshard", "model", "neuroshard"],
      ["neuroshard-0", "model", "neuroshard"],
    ]);
    expect(await client.models.retrieve("neuroshard-0")).toMatchObject({ digest: network.training.model.weights });
  });

  test("of another round are none", async () => {
    expect(await failure(client.models.retrieve("neuroshard-9"))).toBeInstanceOf(NotFoundError);
  });
});

describe("a completion", () => {
  test("goes on in the words of the text that was trained on, with true counts", async () => {
    const { data, response } = await client.completions.create(story).withResponse();
    expect(data).toMatchObject({ object: "text_completion", model: "neuroshard-0" });
    const [choice] = data.choices;
    expect(choice!.text).toMatch(/(boats|kites|lake)/);
    const used = data.usage!;
    expect(used.completion_tokens).toBe(choice!.finish_reason === "length" ? 20 : used.completion_tokens);
    const prompt = node.serving.writer!.tokenizer.encode(story.prompt).length;
    expect(used).toMatchObject({ prompt_tokens: prompt, total_tokens: prompt + used.completion_tokens });
    const digest = network.training.model.weights;
    expect(data.system_fingerprint).toBe(`ns-${digest.slice(0, 16)}`);
    expect(response.headers.get("x-neuroshard-model")).toBe(digest);
  });

  test("is the same for the same seed, and for each of several texts", async () => {
    const textOf = async (changes: object): Promise<string[]> => {
      const { choices } = await client.completions.create({ ...story, stream: false, temperature: 2, ...changes });
      return choices.map(({ text }) => text);
    };
    const [first] = await textOf({});
    expect(await textOf({})).toEqual([first]);
    const several = await textOf({ n: 3 });
    expect(several[0]).toBe(first);
    expect(new Set(several).size).toBe(3);
    expect(await textOf({ seed: story.seed + 2 })).toEqual([several[2]]);
  });

  test("of several prompts has the texts in their order", async () => {
    const { choices, usage } = await client.completions.create({
      ...story,
      prompt: ["Anna", "naïve"],
      n: 2,
      max_tokens: 3,
    });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(usage!.completion_tokens).toBeLessThanOrEqual(12);
  });

  test("streamed is the same text in pieces, with counts where they were asked for", async () => {
    const whole = await client.completions.create(story);
    const stream = await client.completions.create({ ...story, stream: true, stream_options: { include_usage: true } });
    const texts: string[] = [];
    let counted: unknown;
    for await (const { choices, usage } of stream) {
      if (choices[0] !== undefined) texts.push(choices[0].text);
      else counted = usage;
    }
    expect(texts.join("")).toBe(whole.choices[0]!.text);
    expect(texts.length).toBeGreaterThan(5);
    expect(counted).toEqual(whole.usage);
  });

  test("ends before a stop string", async () => {
    const whole = await client.completions.create({ ...story, temperature: 0 });
    const { choices } = await client.completions.create({ ...story, temperature: 0, stop: [" kites", " boats"] });
    const cut = whole.choices[0]!.text.split(/ kites| boats/)[0];
    expect(choices[0]).toMatchObject({ text: cut, finish_reason: "stop" });
  });

  test("tells how likely its tokens were", async () => {
    const { choices } = await client.completions.create({ ...story, temperature: 0, logprobs: 2 });
    const { tokens: texts, token_logprobs, top_logprobs, text_offset } = choices[0]!.logprobs!;
    expect(texts!.join("").replaceAll("\uFFFD", "")).toBe(choices[0]!.text.replaceAll("\uFFFD", ""));
    expect(text_offset![1]).toBe(texts![0]!.length);
    for (const [index, logprob] of token_logprobs!.entries()) {
      expect(logprob).toBeLessThanOrEqual(0);
      // Without chance the likeliest token is taken.
      expect(Math.max(...Object.values(top_logprobs![index]!))).toBe(logprob);
    }
  });

  test("with a penalty for what was written avoids it", async () => {
    const ask = { ...story, temperature: 0, max_tokens: 24 };
    const plain = await client.completions.create(ask);
    const { choices } = await client.completions.create({ ...ask, frequency_penalty: 2, presence_penalty: 2 });
    expect(choices[0]!.text).not.toBe(plain.choices[0]!.text);
  });

  test("of token ids is that of their text", async () => {
    const prompt = [...node.serving.writer!.tokenizer.encode(story.prompt)];
    const { choices } = await client.completions.create({ ...story, prompt });
    expect(choices).toEqual((await client.completions.create(story)).choices);
  });
});

describe("a chat", () => {
  test("answers in one line, as the model has learned", async () => {
    const { choices, usage } = await client.chat.completions.create(question);
    expect(choices[0]).toMatchObject({ index: 0, message: { role: "assistant" }, finish_reason: "stop" });
    expect(choices[0]!.message.content).toMatch(/^\S.*boats/);
    expect(choices[0]!.message.content).not.toContain("\n");
    expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
  });

  test("streamed begins with its role and is the same answer", async () => {
    const { choices } = await client.chat.completions.create(question);
    const stream = client.chat.completions.stream({ ...question, stream: true });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]!.message.content).toBe(choices[0]!.message.content);
    expect(final.choices[0]).toMatchObject({ message: { role: "assistant" }, finish_reason: "stop" });
  });

  test("tells how likely its tokens were", async () => {
    const { choices } = await client.chat.completions.create({ ...question, logprobs: true, top_logprobs: 3 });
    const { content } = choices[0]!.logprobs!;
    expect(content!.length).toBeGreaterThan(2);
    expect(content![0]!.top_logprobs).toHaveLength(3);
    expect(new TextDecoder().decode(Uint8Array.from(content![0]!.bytes!))).toBe(content![0]!.token);
  });

  test("that is too long for the context is refused, or leaves out its oldest turns", async () => {
    const turn = [
      { role: "user", content: "How many boats?" },
      { role: "assistant", content: "Anna counts 3 boats." },
    ] as const;
    const messages = [...turn, ...turn, ...turn, ...question.messages];
    const refused = await failure(client.chat.completions.create({ ...question, messages }));
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(refused).toMatchObject({ code: "context_length_exceeded" });
    const extended = { ...question, messages, truncation: "auto" } as OpenAI.ChatCompletionCreateParamsNonStreaming;
    expect((await client.chat.completions.create(extended)).choices[0]!.message.content).toMatch(/\S/);
  });
});

describe("what is asked wrongly", () => {
  test("is told as OpenAI's errors, with the member at fault", async () => {
    const wrong = await failure(client.completions.create({ ...story, temperature: 7 }));
    expect(wrong).toBeInstanceOf(BadRequestError);
    expect(wrong).toMatchObject({ status: 400, type: "invalid_request_error", param: "temperature" });
    const unknown = await failure(client.completions.create({ ...story, model: "gpt-4" }));
    expect(unknown).toBeInstanceOf(NotFoundError);
    expect(unknown).toMatchObject({ code: "model_not_found" });
    const tools = [{ type: "function", function: { name: "f" } }] as const;
    expect(await failure(client.chat.completions.create({ ...question, tools: [...tools] }))).toMatchObject({
      ...{ status: 400, param: "tools" },
    });
    const last = { role: "assistant", content: "Hi" } as const;
    expect(await failure(client.chat.completions.create({ ...question, messages: [last] }))).toMatchObject({
      ...{ status: 400, param: "messages" },
    });
  });

  test("and takes more than the context has says how much it takes", async () => {
    const error = await failure(client.completions.create({ ...story, max_tokens: 1000 }));
    expect(error).toMatchObject({ status: 400, code: "context_length_exceeded" });
    expect((error as Error).message).toMatch(/ 32 tokens .* 100\d/);
    const long = await failure(client.completions.create({ ...story, prompt: "x".repeat(100_000) }));
    expect(long).toMatchObject({ code: "context_length_exceeded" });
  });

  test("with a token that is not known is refused", async () => {
    expect(await failure(clientOf(node, "nst_wrong").models.list())).toBeInstanceOf(AuthenticationError);
  });

  test(
    "too often is refused with how long to wait",
    async () => {
      const other = await servingNode(network, { access, limits: { perSecond: 0.01, capacity: 1 } });
      onTestFinished(() => other.close());
      await clientOf(other).models.list();
      const error = (await failure(clientOf(other).models.list())) as RateLimitError;
      expect(error).toBeInstanceOf(RateLimitError);
      expect(Number(error.headers.get("retry-after"))).toBeGreaterThan(1);
    },
    LIMIT_MS,
  );

  test(
    "while as many wait as can be held is refused, and whoever waits is served",
    async () => {
      const { slots } = node.serving.load;
      const many = Array.from({ length: (slots + 64) / 4 + 3 }, () =>
        failure(client.completions.create({ ...story, n: 4 })),
      );
      const errors = (await Promise.all(many)).filter((error) => error !== undefined);
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) expect(error).toBeInstanceOf(RateLimitError);
      expect(errors.length).toBeLessThan(many.length / 2);
    },
    LIMIT_MS,
  );
});

test("a client that is gone frees its slot, and the text of nobody else changes", async () => {
  const whole = await client.completions.create(story);
  const controller = new AbortController();
  const stream = await client.completions.create({ ...story, max_tokens: 25, stream: true }, controller);
  for await (const _ of stream) controller.abort();
  expect((await client.completions.create(story)).choices).toEqual(whole.choices);
  await untilIdle();
});

test(
  "a text ends with the model that it began with, the next one is of the new model",
  async () => {
    const other = await servingNode(network, { access });
    onTestFinished(() => other.close());
    const there = clientOf(other);
    const long = { ...story, max_tokens: 28 };
    const before = await there.completions.create(long);
    const stream = await there.completions.create({ ...long, stream: true });
    const texts: string[] = [];
    const models = new Set<string>();
    let swapped: Promise<void> | undefined;
    for await (const { choices, model } of stream) {
      swapped ??= other.finalise(network.earlier, 1);
      texts.push(choices[0]!.text);
      models.add(model);
    }
    await swapped;
    expect([...models]).toEqual(["neuroshard-0"]);
    expect(texts.join("")).toBe(before.choices[0]!.text);
    const after = await there.completions.create(long);
    expect(after.model).toBe("neuroshard-1");
    expect(after.system_fingerprint).toBe(`ns-${network.earlier.weights.slice(0, 16)}`);
    expect(await failure(there.completions.create({ ...long, model: "neuroshard-0" }))).toBeInstanceOf(NotFoundError);
    await other.finalise(network.training.model, 2);
    expect((await there.completions.create(long)).choices).toEqual(before.choices);
    expect(other.troubles).toEqual([]);
  },
  LIMIT_MS,
);
