/**
 * Keeps the chain's record of this device as the device is: registered under the account of the home, with its roles,
 * version and speed. What is refused is tried again later, as the reason may pass: a stake that comes, a full pool.
 */
import { type AccountKey, type Device, deviceAcceptanceHash, signTransaction } from "@neuroshard/protocol";
import type { Chain, Submission } from "../chain/chain.ts";
import type { DeviceIdentity } from "./deviceKeyFile.ts";

export type DeviceFacts = Device["facts"];

export interface RegistrationParts {
  readonly chain: Chain;
  readonly identity: DeviceIdentity;
  /** Owner of the device. */
  readonly account: AccountKey;
  /** As the device is now. */
  readonly facts: () => DeviceFacts;
  submit(bytes: Uint8Array): Submission;
  /** It cannot be registered as it is; said once for each reason. */
  onTrouble(message: string): void;
}

const RETRY_BLOCKS = 10;
const VALID_BLOCKS = 50;

/** Returns how to end it. */
export function keepRegistered(parts: RegistrationParts): () => void {
  const { chain } = parts;
  let nextHeight = 0;
  let told = "";
  function look(): void {
    const { height } = chain.head();
    if (height < nextHeight) return;
    const wanted = parts.facts();
    const known = chain.state.tables.devices.get(parts.identity.device);
    if (isUpToDate(known, parts.account.account, wanted)) return;
    nextHeight = height + RETRY_BLOCKS;
    const trouble = register(parts, wanted, known) ?? "";
    if (trouble !== told && trouble !== "") parts.onTrouble(trouble);
    told = trouble;
  }
  look();
  return chain.subscribe(look);
}

/** Speeds vary from round to round; only a change of more than a quarter is worth a transaction. */
function isUpToDate(known: Device | undefined, account: string, wanted: DeviceFacts): boolean {
  if (known === undefined || known.account !== account) return false;
  const { facts } = known;
  const isSameSpeed = 4 * Math.abs(facts.speed - wanted.speed) <= facts.speed;
  return isSameSpeed && JSON.stringify({ ...facts, speed: 0 }) === JSON.stringify({ ...wanted, speed: 0 });
}

/** Returns what is in the way. */
function register(parts: RegistrationParts, wanted: DeviceFacts, known: Device | undefined): string | undefined {
  const answer = parts.submit(registration(parts, wanted));
  if (answer.kind !== "rejected") return undefined;
  if (answer.code !== "VALIDATOR_STAKE_TOO_LOW" || wanted.roles.length === 1) {
    return `this device cannot be registered (${answer.code}); it is tried again, see \`neuroshard account\``;
  }
  // What it may do it begins with; the rest comes when the stake is there.
  const allowed = { ...wanted, roles: wanted.roles.filter((role) => role !== "validator") };
  if (!isUpToDate(known, parts.account.account, allowed)) parts.submit(registration(parts, allowed));
  const figures = answer.figures.map(({ name, value }) => `${name} ${value}`).join(", ");
  return `the stake is too low to validate (${figures}); it does the rest until you \`neuroshard stake\``;
}

function registration({ chain, identity, account }: RegistrationParts, facts: DeviceFacts): Uint8Array {
  const { networkId, scheme, state } = chain;
  const accepted = state.tables.accounts.get(account.account)?.nonce ?? 0;
  const content = {
    networkId,
    nonce: accepted + chain.mempool.pendingOf(account.account),
    lastHeight: state.cells.head.height + VALID_BLOCKS,
    body: {
      kind: "registerDevice",
      device: identity.device,
      deviceSignature: scheme.sign(deviceAcceptanceHash(networkId, account.account), identity.key.reveal().privateKey),
      facts,
    },
  } as const;
  return signTransaction(content, account, scheme).bytes;
}
