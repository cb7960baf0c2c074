/** A vote with many voters: what the last block of ballots costs, and what the block costs that closes the vote. */
import {
  type AccountKey,
  beginBlock,
  type Digest,
  decimal,
  executeBlock,
  type NepDocument,
  nepIdOf,
  newNepDocument,
  type SignatureScheme,
  type State,
  signTransaction,
  type TransactionBody,
} from "@neuroshard/protocol";
import { keyOf, stateWith } from "./people.ts";

const STAKE = 200n * 10n ** 18n;
/** So many that 100,000 fit the voting time of the devnet preset. */
export const BALLOTS_PER_BLOCK = 1250;
const AUTHOR = 0;

export interface VotingCost {
  readonly voters: number;
  /** Of the last full block of ballots. */
  readonly ballotsMilliseconds: number;
  readonly closingMilliseconds: number;
  /** Entries of the state that the closing block wrote. */
  readonly closingEntries: number;
}

export function measureVoting(voters: number, scheme: SignatureScheme): VotingCost {
  const keys = Array.from({ length: voters }, (_, index) => keyOf(index));
  let state = staked(
    stateWith(
      keys.map(({ account }) => account),
      scheme,
    ),
    keys,
    scheme,
  );
  const { networkId, head } = { networkId: state.cells.network.networkId, head: () => state.cells.head };
  const nonces = new Map<number, number>();
  function signed(who: number, body: TransactionBody): Uint8Array {
    const nonce = nonces.get(who) ?? 0;
    nonces.set(who, nonce + 1);
    const content = { networkId, nonce, lastHeight: head().height + 100, body };
    return signTransaction(content, keys[who]!, scheme).bytes;
  }
  function block(transactions: readonly Uint8Array[]) {
    const startMs = performance.now();
    const executed = executeBlock(state, { parent: head().parent, transactions }, { scheme });
    const milliseconds = performance.now() - startMs;
    const refused = executed.receipts.find(({ outcome }) => outcome.kind === "rejected");
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
    state = executed.state;
    return { ...executed, milliseconds };
  }
  const document = proposal(voters);
  block([signed(AUTHOR, { kind: "nepSubmit", document })]);
  const nepId = nepIdOf(document, keys[AUTHOR]!.account, networkId);
  const record = () => state.tables.neps.get(nepId)!;
  while (head().height < record().snapshotAt) block([]);
  let ballotsMilliseconds = 0;
  for (let from = 0; from < voters; from += BALLOTS_PER_BLOCK) {
    const who = Array.from({ length: Math.min(BALLOTS_PER_BLOCK, voters - from) }, (_, index) => from + index);
    ballotsMilliseconds = block(who.map((index) => signed(index, yes(nepId)))).milliseconds;
  }
  while (head().height < record().votingEndsAt) block([]);
  const closing = block([]);
  if (record().stage.kind !== "passed") throw new Error(`the vote ended as ${record().stage.kind}`);
  const closingEntries = Object.values(closing.changes).reduce((sum, changes) => sum + changes.size, 0);
  return { voters, ballotsMilliseconds, closingMilliseconds: closing.milliseconds, closingEntries };
}

function yes(nepId: Digest): TransactionBody {
  return { kind: "nepVote", nepId, split: { yes: 10_000, no: 0, abstain: 0, veto: 0 } };
}

function proposal(voters: number): NepDocument {
  const text = `A vote of ${voters}.`;
  const base = newNepDocument({ title: text, nepType: "econ", abstract: text, motivation: text, specification: text });
  return {
    ...base,
    securityConsiderations: text,
    backwardCompatibility: text,
    testCases: text,
    parameterChanges: [
      {
        module: "economics.constants",
        parameter: "TRAINING_REWARD_PER_BATCH",
        oldValue: { kind: "decimal", value: decimal("0.0005") },
        newValue: { kind: "decimal", value: decimal("0.0003") },
        rationale: text,
      },
    ],
  };
}

/** Everybody has staked; written at once instead of by as many transactions. */
function staked(before: State, keys: readonly AccountKey[], scheme: SignatureScheme): State {
  const { draft } = beginBlock(before, before.cells.head.parent, scheme);
  for (const { account } of keys) {
    draft.set("stakes", account, { lots: [{ amount: STAKE, height: 1 }], unbonding: [], deposits: 0n });
    draft.set("power", account, { checkpoints: [{ height: 1, own: STAKE, delegate: null, received: 0n }] });
  }
  const total = BigInt(keys.length) * STAKE;
  const supply = draft.cell("supply");
  draft.setCell("totalPower", { checkpoints: [{ height: 1, total }] });
  draft.setCell("supply", { ...supply, genesis: supply.genesis + total, bonded: total });
  return draft.commit();
}
