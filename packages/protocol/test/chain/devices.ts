/** Devices for tests: registrations that both sides have signed. */
import { bytesToHex } from "../../src/crypto/hash.ts";
import { portableScheme } from "../../src/crypto/portableScheme.ts";
import type { DeviceKey, Digest } from "../../src/types/identifiers.ts";
import { type BodyOf, deviceAcceptanceHash } from "../../src/types/transaction.ts";
import { type Person, person, type TestChain } from "./testChain.ts";

type Registration = BodyOf<"registerDevice">;

export interface DeviceOptions {
  /** Names the device's key, together with its owner. */
  readonly device: number;
  readonly isValidator: boolean;
}

export function deviceOf({ name }: Person, device: number): Person {
  return person(`${name}'s device ${device}`);
}

export function registration(chain: TestChain, owner: Person, { device, isValidator }: DeviceOptions): Registration {
  const { key } = deviceOf(owner, device);
  const hash = deviceAcceptanceHash(chain.networkId, owner.account);
  return {
    kind: "registerDevice",
    device: bytesToHex(key.publicKey) as DeviceKey,
    deviceSignature: portableScheme.sign(hash, key.privateKey),
    facts: {
      roles: isValidator ? ["trainer", "validator"] : ["trainer"],
      memoryMb: 4000,
      speed: 100,
      numericClass: "11".repeat(32) as Digest,
      softwareVersion: "1.0.0",
      features: [],
    },
  };
}
