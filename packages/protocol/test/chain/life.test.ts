/** A proposal from submission to activation, on a real chain. */
import { expect, test } from "vitest";
import { statusOf } from "../../src/governance/status.ts";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import { lowerReward } from "./documents.ts";
import { person, TestChain } from "./testChain.ts";

const KEY = "economics.constants.TRAINING_REWARD_PER_BATCH";
const YES = { yes: 10_000, no: 0, abstain: 0, veto: 0 };

test("a change of TRAINING_REWARD_PER_BATCH is submitted, voted and in force at its height and not before", () => {
  const ada = person("ada");
  const chain = new TestChain({ balances: { ada: "1000" } });
  chain.accept(ada, { kind: "stake", amount: decimal("500"), lockDays: 30 });
  const document = lowerReward();
  chain.accept(ada, { kind: "nepSubmit", document });
  const nepId = nepIdOf(document, ada.account, chain.networkId);
  const record = () => chain.entry("neps", nepId)!;
  const status = () => statusOf(record(), chain.height);
  expect(status()).toBe("review");
  chain.advanceTo(record().snapshotAt);
  expect(status()).toBe("voting");
  chain.accept(ada, { kind: "nepVote", nepId, split: YES });
  chain.advanceTo(record().votingEndsAt + 1);
  expect(status()).toBe("approved");
  expect(chain.balance(ada)).toBe(decimal("500"));
  const { stage } = record();
  if (stage.kind !== "passed") throw new Error(stage.kind);
  chain.advanceTo(stage.activateAt);
  expect(status()).toBe("active");
  expect(paramsAt(chain.state, stage.activateAt - 1).get(KEY)).toBe(decimal("0.0005"));
  expect(paramsAt(chain.state, stage.activateAt).get(KEY)).toBe(decimal("0.0003"));
});
