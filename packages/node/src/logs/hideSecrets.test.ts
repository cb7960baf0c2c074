/** Nothing secret gets into a log, however it is handed in. */
import { expect, test } from "vitest";
import { Secret } from "../wallet/secret.ts";
import { hideSecretsIn, withoutSecrets } from "./hideSecrets.ts";

const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";

test("a secret is not printed, however deep it lies and whatever its name is", () => {
  const data = { key: new Secret(PHRASE), nested: { list: [new Secret("inner")] } };
  expect(withoutSecrets(data)).toEqual({ key: "[secret]", nested: { list: ["[secret]"] } });
});

test.each(["authorization", "Authorization", "password", "mnemonic", "privateKey", "apiKey", "adminToken", "cookie"])(
  "what is named %s is hidden",
  (name) => {
    expect(withoutSecrets({ headers: { [name]: PHRASE } })).toEqual({ headers: { [name]: "[secret]" } });
  },
);

test("counts of tokens are no secrets", () => {
  expect(withoutSecrets({ tokens: 12, tokensPerSecond: 3.5 })).toEqual({ tokens: 12, tokensPerSecond: 3.5 });
});

test("tokens of the API and Authorization headers are hidden within texts and errors", () => {
  const token = `nst_${"a".repeat(43)}`;
  expect(hideSecretsIn(`GET / with Bearer ${token} failed`)).toBe("GET / with [secret] failed");
  expect(JSON.stringify(withoutSecrets({ error: new Error(`refused ${token}`) }))).not.toContain("aaaa");
});

test("bytes, which may be keys, show their length alone", () => {
  expect(withoutSecrets({ value: new Uint8Array(32).fill(7) })).toEqual({ value: "[32 bytes]" });
});

test("amounts, nothing, numbers that are none and circles become JSON", () => {
  const circle: Record<string, unknown> = {};
  circle.again = circle;
  const plain = withoutSecrets({ amount: 10n ** 20n, missing: undefined, never: Number.NaN, circle });
  expect(JSON.parse(JSON.stringify(plain))).toMatchObject({
    amount: "100000000000000000000",
    missing: null,
    never: "NaN",
  });
});

test("a text of any length is cut", () => {
  expect(hideSecretsIn("x".repeat(1_000_000)).length).toBeLessThan(10_000);
});
