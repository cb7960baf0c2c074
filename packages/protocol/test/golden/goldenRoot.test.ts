/**
 * One fixed history and the roots it must come to, on every processor, engine and version of the libraries. When a change
 * of the rules, of the registry or of the state's form is meant, the new roots are written here with it: then networks
 * made before cannot follow, and the change needs a proposal.
 */
import { expect, test } from "vitest";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { stateRoot } from "../../src/state/state.ts";
import { receiptRoot } from "../../src/transition/receipts.ts";
import { registration } from "../chain/devices.ts";
import { lowerReward } from "../chain/documents.ts";
import { person, TestChain } from "../chain/testChain.ts";

const GOLDEN = {
  networkId: "c00c9ce714d7ebdb516f63ad48d99515a969acd83f4c9e9efc8d427b036abd41",
  genesis: "98c65636c9aebf1c61d015a2d26bc5510a4a1663996f443de0b0b4696a7ba2af",
  ledger: "1e2c024d8acb2e1f4ba1b24cd8fb0af9bfd3bbb072c90ca20a4572202d4075dc",
  voting: "39670049d7ab856340af8a65e2757de2bbba81240ce089f1226597663fb72c31",
  active: "6a903d6261a03fb7c3937a12777a93846eaf12fc70c13b0df0f8b39916707e85",
  receipts: "49a91347c394f8d9f2e30a7777ab8de4f1b0dd0dc89321e479cfc0eb71e0a137",
};

test("a fixed history of transfers, stake, a device and a proposal comes to the roots written here", () => {
  const [ada, bea, cyd] = [person("ada"), person("bea"), person("cyd")];
  const chain = new TestChain({ balances: { ada: "1000", bea: "500.5", cyd: "0.000000000000000001" } });
  const genesis = stateRoot(chain.state);
  chain.accept(ada, {
    kind: "transfer",
    recipient: cyd.account,
    amount: decimal("12.345678901234567891"),
    memo: "né π",
  });
  chain.accept(ada, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(bea, { kind: "stake", amount: decimal("100"), lockDays: 2 });
  chain.accept(bea, { kind: "delegate", delegate: ada.account });
  chain.accept(ada, registration(chain, ada, { device: 0, isValidator: true }));
  chain.accept(cyd, { kind: "burn", amount: 1n });
  chain.advanceTo(12);
  chain.accept(bea, { kind: "unstake", amount: decimal("30") });
  chain.refuse(cyd, { kind: "stake", amount: decimal("100"), lockDays: 1 });
  const ledger = stateRoot(chain.state);
  const document = lowerReward();
  chain.accept(ada, { kind: "nepSubmit", document });
  const nepId = nepIdOf(document, ada.account, chain.networkId);
  const record = () => chain.entry("neps", nepId)!;
  chain.advanceTo(record().snapshotAt);
  chain.accept(ada, { kind: "nepVote", nepId, split: { yes: 9000, no: 0, abstain: 1000, veto: 0 } });
  const voting = stateRoot(chain.state);
  chain.advanceTo(record().votingEndsAt + 1);
  const { stage } = record();
  if (stage.kind !== "passed") throw new Error(stage.kind);
  chain.advanceTo(stage.activateAt);
  const active = stateRoot(chain.state);
  const receipts = receiptRoot(chain.last!.receipts);
  expect({ networkId: chain.networkId, genesis, ledger, voting, active, receipts }).toEqual(GOLDEN);
});
