/** What a network trains on comes from its peers, and comes again when the disk has lost it. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLibp2pTransport, createPeerNetwork, type PeerNetwork } from "@neuroshard/network";
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/chain/testNetwork.ts";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { nodeHash } from "../blobs/nodeHash.ts";
import { openDeviceKey } from "../peers/deviceKeyFile.ts";
import { fetchTrainingData } from "./fetchTrainingData.ts";

const networkId = "5e".repeat(32) as Digest;
const hello = { networkId, protocolVersion: 1, softwareVersion: "1.0.0", headHeight: () => 0 };

interface Peer {
  readonly folder: string;
  readonly blobs: FileBlobStore;
  readonly network: PeerNetwork;
}

async function peer(home: string): Promise<Peer> {
  const folder = join(home, "blobs");
  const blobs = new FileBlobStore({ folder, quotaBytes: 2 ** 24 });
  const { key } = await openDeviceKey(home);
  const listen = ["/ip4/127.0.0.1/tcp/0"];
  const transport = await createLibp2pTransport({ deviceSecret: key.reveal().privateKey, networkId, listen });
  const network = createPeerNetwork({ transport, depot: blobs, hello, hash: nodeHash });
  onTestFinished(() => network.stop());
  return { folder, blobs, network };
}

test("what is missing comes from a peer, and what was damaged meanwhile comes again", async () => {
  const [holder, home] = [await peer(await temporaryFolder()), await temporaryFolder()];
  const parts = [1, 2, 3].map((value) => new Uint8Array(1000 * value).fill(value));
  const [tokenizer, trainTokens, validationTokens] = parts.map((bytes) => {
    return { digest: holder.blobs.put(bytes), bytes: bytes.length };
  });
  const training = { tokenizer, trainTokens, validationTokens } as unknown as TrainingGenesis;
  const { signal } = new AbortController();
  const bring = async ({ blobs, network }: Peer): Promise<void> => {
    await network.dial(holder.network.addresses[0]!);
    await fetchTrainingData({ ...{ training, blobs, network, signal }, onWaiting: () => undefined });
    await network.stop();
  };
  const joiner = await peer(home);
  await bring(joiner);
  const digest = trainTokens!.digest;
  const path = join(joiner.folder, digest.slice(0, 2), digest);
  const whole = await readFile(path);
  expect(whole).toEqual(Buffer.from(parts[1]!));
  await writeFile(path, whole.subarray(1));
  await bring(await peer(home));
  expect(await readFile(path)).toEqual(whole);
});
