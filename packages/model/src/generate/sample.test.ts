import { describe, expect, test } from "vitest";
import { defaultSampling, type SamplingOptions, sample, type TokenHistory } from "./sample.ts";

const plain: SamplingOptions = { ...defaultSampling, temperature: 1, topK: 0 };
const nothing = { tokens: [], promptLength: 0 };
const DRAWS = 1000;

/** How often each token is chosen over evenly spread draws, as a share. */
function shares(logits: readonly number[], options: Partial<SamplingOptions>, seen: readonly number[] = []): number[] {
  return sharesAfter({ tokens: seen, promptLength: seen.length }, logits, options);
}

function sharesAfter(history: TokenHistory, logits: readonly number[], options: Partial<SamplingOptions>): number[] {
  const counts = logits.map(() => 0);
  for (let i = 0; i < DRAWS; i++)
    counts[sample(Float32Array.from(logits), { ...plain, ...options }, (i + 0.5) / DRAWS, history)]! += 1 / DRAWS;
  return counts;
}

/** Shares that the options should give: weights in proportion, to within two draws. */
function expectShares(found: readonly number[], weights: readonly number[]): void {
  const total = weights.reduce((a, b) => a + b, 0);
  weights.forEach((weight, token) => {
    expect(Math.abs(found[token]! - weight / total), `token ${token}`).toBeLessThan(2 / DRAWS);
    if (weight === 0) expect(found[token]).toBe(0);
  });
}

const logitsOf = (probabilities: readonly number[]): number[] => probabilities.map(Math.log);
const probabilities = [0.05, 0.5, 0.15, 0.3];

describe("temperature", () => {
  test("1 gives each token its probability", () => {
    expectShares(shares(logitsOf(probabilities), {}), probabilities);
  });

  test("0 takes the most likely token, the lowest id of equal ones, whatever the draw", () => {
    expect(shares([1, 3, 3, 2], { temperature: 0 })).toEqual([0, expect.closeTo(1), 0, 0]);
    expect(shares([-1, -3, -1, -2], { temperature: 0, topK: 2, topP: 0.1 })[0]).toBeCloseTo(1);
  });

  test("of one half squares the odds, of 2 takes their root", () => {
    expectShares(
      shares(logitsOf(probabilities), { temperature: 0.5 }),
      probabilities.map((p) => p * p),
    );
    expectShares(shares(logitsOf(probabilities), { temperature: 2 }), probabilities.map(Math.sqrt));
  });

  test("near 0 and logits far apart give no NaN and the most likely token", () => {
    expect(shares([1e4, -1e4, 9.9e3], { temperature: 1e-3 })).toEqual([expect.closeTo(1), 0, 0]);
  });
});

describe("top-k", () => {
  test("leaves only the k most likely tokens, in their proportion", () => {
    expectShares(shares(logitsOf(probabilities), { topK: 2 }), [0, 0.5, 0, 0.3]);
    expectShares(shares(logitsOf(probabilities), { topK: 1 }), [0, 1, 0, 0]);
  });

  test("takes the lower ids of equally likely tokens", () => {
    expectShares(shares([2, 2, 2, 5, 2], { topK: 3, temperature: 100 }), [1, 1, 0, Math.exp(0.03), 0]);
  });

  test("of 0 or more than there are takes all", () => {
    const all = shares(logitsOf(probabilities), {});
    expect(shares(logitsOf(probabilities), { topK: 4 })).toEqual(all);
    expect(shares(logitsOf(probabilities), { topK: 99 })).toEqual(all);
  });
});

describe("top-p", () => {
  test("leaves the fewest most likely tokens that have this probability together", () => {
    expectShares(shares(logitsOf(probabilities), { topP: 0.45 }), [0, 0.5, 0, 0]);
    expectShares(shares(logitsOf(probabilities), { topP: 0.6 }), [0, 0.5, 0, 0.3]);
    expectShares(shares(logitsOf(probabilities), { topP: 0.85 }), [0, 0.5, 0.15, 0.3]);
    expectShares(shares(logitsOf(probabilities), { topP: 0 }), [0, 1, 0, 0]);
  });

  test("counts probability among the tokens that top-k leaves, after the temperature", () => {
    // 0.5 / 0.8 = 0.625 of what is left.
    expectShares(shares(logitsOf(probabilities), { topK: 2, topP: 0.6 }), [0, 1, 0, 0]);
    expectShares(shares(logitsOf(probabilities), { topK: 2, topP: 0.7 }), [0, 0.5, 0, 0.3]);
  });
});

describe("the repetition penalty", () => {
  test("divides positive logits of tokens seen and multiplies negative ones, once each", () => {
    const [a, b] = [Math.exp(1), Math.exp(-3)];
    expectShares(shares([2, 2, -1.5, -1.5], { repetitionPenalty: 2 }, [0, 2, 0]), [a, Math.exp(2), b, Math.exp(-1.5)]);
  });

  test("can take the first place from a token at temperature 0", () => {
    const options = { ...plain, temperature: 0, repetitionPenalty: 1.5 };
    expect(sample(Float32Array.of(4, 3, 1), options, 0.5, nothing)).toBe(0);
    expect(sample(Float32Array.of(4, 3, 1), options, 0.5, { tokens: [0], promptLength: 1 })).toBe(1);
  });

  test("leaves the logits themselves as they are", () => {
    const logits = Float32Array.of(4, 3, 1);
    sample(logits, { ...plain, repetitionPenalty: 3 }, 0.5, { tokens: [0, 1, 2], promptLength: 0 });
    expect([...logits]).toEqual([4, 3, 1]);
  });
});

describe("presence and frequency penalties", () => {
  const history = { tokens: [3, 3, 3, 0, 1, 1, 2], promptLength: 3 };

  test("are for what the model has written, not for the prompt", () => {
    const found = sharesAfter(history, [0, 0, 0, 0], { presencePenalty: 1 });
    expectShares(found, [Math.exp(-1), Math.exp(-1), Math.exp(-1), 1]);
  });

  test("add up: the frequency counts for each time", () => {
    const found = sharesAfter(history, [0, 0, 0, 0], { presencePenalty: 0.5, frequencyPenalty: 0.25 });
    expectShares(found, [Math.exp(-0.75), Math.exp(-1), Math.exp(-0.75), 1]);
  });

  test("below 0 make a token more likely", () => {
    const found = sharesAfter(history, [0, 0, 0, 0], { frequencyPenalty: -1 });
    expectShares(found, [Math.E, Math.exp(2), Math.E, 1]);
  });
});

test("among many tokens the draw goes from the most likely one down, equal ones by their number", () => {
  const logits = Float32Array.from({ length: 300 }, (_, token) => Math.fround((token * 7919) % 101) / 10);
  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const weights = order.map((token) => Math.exp(logits[token]!));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  for (const [rank, token] of order.slice(0, 60).entries()) {
    const middle = (before + weights[rank]! / 2) / total;
    expect(sample(logits, plain, middle, nothing)).toBe(token);
    before += weights[rank]!;
  }
});

test("the highest draw still gives a token that is allowed", () => {
  const last = sample(Float32Array.from(logitsOf(probabilities)), { ...plain, topP: 0.85 }, 1 - 2 ** -53, nothing);
  expect(last).toBe(2);
});

test("the default is a temperature of 0.8 among 40 tokens", () => {
  expect(defaultSampling).toMatchObject({ temperature: 0.8, topK: 40, topP: 1, repetitionPenalty: 1 });
});
