import { expect, test } from "vitest";
import { openNode, person, signed, testHome } from "../../test/chain/testNetwork.ts";

test("a transfer that was submitted is pending, then committed with its receipt", async () => {
  const { chain, engine } = await openNode(await testHome());
  const submission = chain.submit(signed(chain, { from: "ada", nonce: 0 }));
  expect(submission).toMatchObject({ kind: "pending", isKnown: false });
  const { transactionId } = submission;
  expect(chain.transactionById(transactionId)).toEqual({ kind: "pending" });
  const { header } = engine.produceBlock();
  expect(header).toMatchObject({ height: 1, transactionCount: 1, parent: chain.networkId });
  expect(chain.transactionById(transactionId)).toMatchObject({
    kind: "committed",
    height: 1,
    index: 1,
    receipt: { transactionId, outcome: { kind: "accepted" } },
  });
  expect(chain.state.tables.accounts.get(person("ben").account)!.balance).toBe(1001n * 10n ** 18n);
  for (const name of ["ada", "ben"]) {
    expect(chain.history(person(name).account, { limit: 10 })).toMatchObject([{ height: 1, index: 1 }]);
  }
});
