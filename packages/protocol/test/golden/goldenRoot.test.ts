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
  networkId: "e9436282b396f0b21aca3ff3c5450d4d64344e3f0c76caa66c39d223c5afba1a",
  genesis: "ddab928320d95ad4401841e6a9d91d3ac2268b9bd2b15daf37acc1e95a199029",
  ledger: "37fa3a237708f7c02f7ca7f4d6b2a510803023c974eded5f0701048e30b602bd",
  voting: "f9b6951676e15f7cce1d8f4708c2b444073356de8883072da49ded8fe48b000c",
  active: "5edffad869e01a77e2852f09c5c4f3b1746c7b3f37dbb21a22bed6164294f97a",
  receipts: "45804fb983bfd25e1ca02512ece241222df3d5f3060fda38ad7024253db90c03",
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
