/** A device key and a libp2p PeerId name the same secp256k1 key, so each follows from the other. */
import { publicKeyFromRaw } from "@libp2p/crypto/keys";
import type { PeerId } from "@libp2p/interface";
import { peerIdFromPublicKey } from "@libp2p/peer-id";
import { bytesToHex, type DeviceKey, hexToBytes } from "@neuroshard/protocol";

const names = new Map<DeviceKey, PeerId>();

export function peerIdOfDevice(device: DeviceKey): PeerId {
  const known = names.get(device);
  if (known !== undefined) return known;
  const made = peerIdFromPublicKey(publicKeyFromRaw(hexToBytes(device)));
  names.set(device, made);
  return made;
}

/** Undefined for a peer with a key of another kind: it is no device of a NeuroShard network. */
export function deviceOfPeerId(peer: PeerId): DeviceKey | undefined {
  return peer.type === "secp256k1" ? (bytesToHex(peer.publicKey.raw) as DeviceKey) : undefined;
}
