import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

test("a secret shows itself to nobody who does not ask for it", () => {
  const secret = new Secret({ words: "abandon about" });
  const holder = { name: "wallet", secret, list: [secret] };
  const shown = [
    `${secret}`,
    String(secret),
    JSON.stringify(holder),
    inspect(holder, { depth: 10, showHidden: true }),
    format("%s %o %O %j %d", secret, secret, holder, secret, secret),
    JSON.stringify(Object.entries(secret)),
    JSON.stringify({ ...secret }),
    JSON.stringify(structuredClone(secret)),
    new Error(`cannot use ${secret}`).message,
  ];
  expect(shown.filter((text) => text.includes("abandon"))).toEqual([]);
  expect(shown[0]).toBe("[secret]");
  expect(secret.reveal()).toEqual({ words: "abandon about" });
});
