/**
 * The key of this machine: `device.json` of a home, which only its owner can read. It signs the work of the device and
 * is its identity on the wire; it holds no tokens, so a lost one costs a new registration and nothing else.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AccountKey, accountKeyOf, bytesToHex, type DeviceKey, hexToBytes } from "@neuroshard/protocol";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError } from "../nodeError.ts";
import { readSecretFile } from "../wallet/readSecretFile.ts";
import { Secret } from "../wallet/secret.ts";

export interface DeviceIdentity {
  readonly device: DeviceKey;
  /** Its account is the sender of work transactions, and has a nonce of its own. */
  readonly key: Secret<AccountKey>;
}

interface DeviceContent {
  readonly format: 1;
  readonly device: string;
  readonly privateKey: string;
}

const FORMAT = 1;
const FILE = "device.json";
const FILE_MODE = 0o600;
const PRIVATE_KEY = /^[0-9a-f]{64}$/;

/** Makes one where the home has none. Throws NodeError DAMAGED_DEVICE or EXPOSED_SECRET, and DataError CANNOT_WRITE. */
export async function openDeviceKey(home: string): Promise<DeviceIdentity> {
  const path = join(home, FILE);
  if (!existsSync(path)) await createDeviceKey(path);
  const text = await readSecretFile(path);
  const identity = readContent(text.reveal());
  if (identity !== undefined) return identity;
  const remedy = "put back a copy, or remove it: the node then goes on as another device";
  throw new NodeError("DAMAGED_DEVICE", `${path} is damaged; ${remedy}`);
}

async function createDeviceKey(path: string): Promise<void> {
  const { privateKey, publicKey } = accountKeyOf(randomBytes(32));
  const content: DeviceContent = {
    format: FORMAT,
    device: bytesToHex(publicKey),
    privateKey: bytesToHex(privateKey),
  };
  await writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`, { mode: FILE_MODE, isNew: true });
}

/** Undefined for what is no such file. The parser's message is dropped: it would quote the file. */
function readContent(text: string): DeviceIdentity | undefined {
  let content: Partial<Record<keyof DeviceContent, unknown>> | null;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (content === null || typeof content !== "object" || content.format !== FORMAT) return undefined;
  const { device, privateKey } = content;
  if (typeof privateKey !== "string" || !PRIVATE_KEY.test(privateKey)) return undefined;
  const key = keyFrom(privateKey);
  // The public half beside it tells whether the file is still what was written.
  if (key === undefined || bytesToHex(key.publicKey) !== device) return undefined;
  return { device: device as DeviceKey, key: new Secret(key) };
}

function keyFrom(privateKey: string): AccountKey | undefined {
  try {
    return accountKeyOf(hexToBytes(privateKey));
  } catch {
    // Zero, or beyond the order of the curve.
    return undefined;
  }
}
