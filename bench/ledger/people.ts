/** Accounts with keys and a network of them, for benchmarks: the same ones in every run. */
import {
  type AccountId,
  type AccountKey,
  accountKeyOf,
  beginBlock,
  bytesToHex,
  decimal,
  type Genesis,
  genesisState,
  type SignatureScheme,
  type State,
  sha256,
} from "@neuroshard/protocol";

const BALANCE = decimal("1000");

export function keyOf(index: number): AccountKey {
  return accountKeyOf(sha256(new TextEncoder().encode(`account ${index}`)));
}

/** An account that nobody has the key of. */
export function strangerOf(index: number): AccountId {
  return bytesToHex(sha256(new TextEncoder().encode(`stranger ${index}`)).subarray(0, 20)) as AccountId;
}

function benchGenesis(sequencer: Uint8Array): Genesis {
  const nothing = { overrides: [], allocations: [], validators: [], training: null };
  return { format: 2, name: "bench", preset: "devnet", createdAtMs: 0, sequencer, ...nothing };
}

/** A network in which these accounts hold 1000 NEURO each. */
export function stateWith(accounts: Iterable<AccountId>, scheme: SignatureScheme): State {
  const made = genesisState(benchGenesis(keyOf(0).publicKey));
  if (!made.ok) throw new Error(made.problem.code);
  const before = made.value;
  const { draft } = beginBlock(before, before.cells.network.networkId, scheme);
  let count = 0n;
  for (const account of accounts) {
    draft.set("accounts", account, { balance: BALANCE, nonce: 0 });
    count += 1n;
  }
  const total = count * BALANCE;
  draft.setCell("supply", { ...draft.cell("supply"), genesis: total, spendable: total });
  return draft.commit();
}
