/** Attacks on other people's tokens, stake and keys. Names cite the list of the ancestor's faults. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encode } from "../../src/codec/codec.ts";
import { sha256 } from "../../src/crypto/hash.ts";
import { accountKeyFromMnemonic } from "../../src/keys/accountKey.ts";
import { accountOf, formatAddress } from "../../src/keys/address.ts";
import { mnemonicFromEntropy } from "../../src/keys/mnemonic.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { snapshotChunks, stateFromChunks } from "../../src/state/snapshot.ts";
import { stateRoot } from "../../src/state/state.ts";
import { executeBlock } from "../../src/transition/executeBlock.ts";
import { decodeTransaction, type TransactionBody, transaction } from "../../src/types/transaction.ts";
import { registration } from "../chain/devices.ts";
import { signedBlockOf } from "../chain/signedBlocks.ts";
import { person, rejectionOf, rememberingScheme, TestChain } from "../chain/testChain.ts";
import { propertySettings } from "../propertySettings.ts";
import { ATTACKERS, anyBody } from "./anyBody.ts";

const [ada, eve] = [person("ada"), person("eve")];

const toEve = (amount: string): TransactionBody => ({
  kind: "transfer",
  recipient: eve.account,
  amount: decimal(amount),
  memo: "",
});

test("W1, W2: nothing that leaves a wallet has bits of its secret: ids come from the public key alone", () => {
  for (let index = 0; index < 8; index++) {
    const entropy = sha256(Uint8Array.of(index));
    const key = accountKeyFromMnemonic(mnemonicFromEntropy(entropy));
    expect(key.account).toBe(accountOf(key.publicKey));
    const who = { name: `wallet ${index}`, key, account: key.account };
    const chain = new TestChain({ balances: { ada: "1" } });
    const published = [
      ...[registration(chain, who, { device: 0, isValidator: false }), toEve("1")].map((body) =>
        Buffer.from(chain.signed({ from: who, body })).toString("hex"),
      ),
      key.account,
      Buffer.from(formatAddress(key.account)).toString("hex"),
    ].join("|");
    const secrets = [key.privateKey, sha256(key.privateKey), entropy, sha256(entropy)];
    for (const secret of secrets) {
      const digits = Buffer.from(secret).toString("hex");
      for (let at = 0; at + 8 <= digits.length; at += 2) expect(published).not.toContain(digits.slice(at, at + 8));
    }
  }
});

test("W4, 6.3.12: naming somebody as the sender moves nothing of his, with no, any or one's own signature", () => {
  const chain = new TestChain({ balances: { ada: "1000", eve: "1" } });
  const own = decodeTransaction(chain.signed({ from: eve, body: toEve("1000") }));
  const past = decodeTransaction(chain.signed({ from: ada, body: toEve("0.5") }));
  if (!own.ok || !past.ok) throw new Error("internal: signed transactions are well-formed");
  const content = { ...own.value.content, publicKey: ada.key.publicKey };
  const signatures = [
    new Uint8Array(64),
    new Uint8Array(64).fill(255),
    own.value.signature,
    past.value.signature,
    Uint8Array.from(Buffer.from("no-signature".padEnd(64))),
  ];
  const receipts = chain.block(...signatures.map((signature) => encode(transaction, { content, signature })));
  for (const receipt of receipts) expect(rejectionOf(receipt)).toMatchObject({ code: "BAD_SIGNATURE" });
  expect(chain.balance(ada)).toBe(decimal("1000"));
});

test("W4: no kind of transaction, whatever its fields, takes from an account that did not sign it", () => {
  const chain = new TestChain({
    balances: { ada: "1000", ...Object.fromEntries(ATTACKERS.map((name) => [name, "500"])) },
  });
  chain.accept(ada, { kind: "stake", amount: decimal("100"), lockDays: 1 });
  const stake = chain.entry("stakes", ada.account);
  let least = chain.balance(ada);
  fc.assert(
    fc.property(anyBody, fc.constantFrom(...ATTACKERS), (body, name) => {
      const given: TransactionBody = body.kind === "transfer" ? { ...body, recipient: ada.account } : body;
      chain.block(chain.signed({ from: person(name), body: given }));
      expect(chain.balance(ada) >= least).toBe(true);
      least = chain.balance(ada);
      expect(chain.entry("stakes", ada.account)).toEqual(stake);
      expect(chain.nonce(ada)).toBe(1);
    }),
    propertySettings(81, 200),
  );
});

test("W28, W29: stake comes from one's own balance: ten million that are not there cannot be staked or unstaked", () => {
  const chain = new TestChain({ balances: { ada: "1000", eve: "5" } });
  expect(chain.refuse(eve, { kind: "stake", amount: decimal("10000000"), lockDays: 1 }).code).toBe("BALANCE_TOO_LOW");
  expect(chain.refuse(eve, { kind: "unstake", amount: decimal("10000000") }).code).toBe("STAKE_TOO_LOW");
  expect(chain.entry("stakes", eve.account)).toBe(undefined);
});

test("W28: a stake is replayed by nobody, not by its sender after unstaking, nor in another's name", () => {
  const chain = new TestChain({ balances: { ada: "1000" } });
  const bytes = chain.signed({ from: ada, body: { kind: "stake", amount: decimal("100"), lockDays: 1 } });
  chain.block(bytes);
  chain.advanceTo(6);
  chain.accept(ada, { kind: "unstake", amount: decimal("100") });
  expect(rejectionOf(chain.block(bytes)[0]!).code).toBe("NONCE_STALE");
  expect(chain.entry("stakes", ada.account)?.lots).toEqual([]);
});

test("W29: a lock lies always ahead, is counted by blocks and nobody's clock, and adding stake does not shorten it", () => {
  const chain = new TestChain({ balances: { ada: "1000" } });
  chain.accept(ada, { kind: "stake", amount: decimal("100"), lockDays: 30 });
  chain.accept(ada, { kind: "stake", amount: decimal("1"), lockDays: 1 });
  expect(chain.entry("stakes", ada.account)?.lots.every(({ height }) => height > chain.height)).toBe(true);
  chain.advanceTo(20);
  expect(chain.refuse(ada, { kind: "unstake", amount: decimal("2") }).code).toBe("STAKE_LOCKED");
  chain.accept(ada, { kind: "unstake", amount: decimal("1") });
  chain.advanceTo(121);
  chain.accept(ada, { kind: "unstake", amount: decimal("100") });
});

test("W25, section 7.11: what is spent once cannot be spent again, in the same block, later, or after a wipe", () => {
  const chain = new TestChain({ balances: { ada: "100" } });
  const spend = (nonce: number) => chain.signed({ from: ada, body: toEve("60"), wrong: { nonce } });
  const receipts = chain.block(spend(0), spend(1), spend(0));
  expect(receipts.map(({ outcome }) => outcome.kind)).toEqual(["accepted", "rejected", "rejected"]);
  expect(rejectionOf(receipts[1]!).code).toBe("BALANCE_TOO_LOW");
  // A node that loses its files loads a snapshot, or replays from the start: both know what was spent.
  const root = stateRoot(chain.state);
  const loaded = stateFromChunks([...snapshotChunks(chain.state)], root);
  if (!loaded.ok) throw new Error(loaded.reason);
  const again = executeBlock(
    loaded.state,
    { parent: root, transactions: [spend(0), spend(1)] },
    { scheme: rememberingScheme, isAudited: true },
  );
  const codes = again.receipts.slice(1).map((receipt) => rejectionOf(receipt).code);
  expect(codes).toEqual(["NONCE_STALE", "BALANCE_TOO_LOW"]);
});

test("W26, W27: balances a newcomer is given count only under the root of a signed header, not as a list of credits", () => {
  const chain = new TestChain({ balances: { ada: "100", eve: "1" } });
  const { header } = signedBlockOf(chain.state, chain.networkId, []).signedHeader;
  chain.block();
  expect(stateRoot(chain.state)).toBe(header.stateRoot);
  const rich = new TestChain({ balances: { ada: "100", eve: "1000000" } });
  rich.block();
  expect(stateFromChunks([...snapshotChunks(chain.state)], header.stateRoot).ok).toBe(true);
  expect(stateFromChunks([...snapshotChunks(rich.state)], header.stateRoot)).toMatchObject({ ok: false });
});

test("W51, 6.3.10: nobody is slashed on a word: evidence needs the accused's own two signatures", () => {
  const chain = new TestChain({ balances: { ada: "100", eve: "10" } });
  chain.accept(ada, { kind: "stake", amount: decimal("50"), lockDays: 1 });
  const { signedHeader } = signedBlockOf(chain.state, chain.networkId, []);
  const header = { ...signedHeader.header, proposer: ada.key.publicKey };
  const [first, second] = [1, 2].map((timeMs) => ({ header: { ...header, timeMs }, signature: new Uint8Array(64) }));
  const contradiction = { kind: "headers", first: first!, second: second! } as const;
  expect(chain.refuse(eve, { kind: "evidence", contradiction }).code).toBe("EVIDENCE_INVALID");
  expect(chain.entry("stakes", ada.account)?.lots).toMatchObject([{ amount: decimal("50") }]);
});
