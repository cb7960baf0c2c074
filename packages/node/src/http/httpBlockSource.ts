/** Another node's HTTP surface as a source of blocks. */
import { hexToBytes } from "@neuroshard/protocol";
import {
  callRoute,
  type Endpoint,
  NeuroError,
  type RouteAnswer,
  type RouteId,
  type RouteInput,
} from "@neuroshard/sdk/api";
import type { BlockSource } from "../chain/blockSource.ts";
import { NodeError } from "../nodeError.ts";

const NONE = { params: {}, query: {} } as const;

/** Its methods throw NodeError SOURCE_UNREACHABLE. */
export function httpBlockSource(endpoint: Endpoint): BlockSource {
  async function ask<Id extends RouteId>(id: Id, input: RouteInput<Id>): Promise<RouteAnswer<Id> | undefined> {
    try {
      return await callRoute(endpoint, id, input);
    } catch (error) {
      if (!(error instanceof NeuroError)) throw error;
      if (error.code === "NOT_FOUND") return undefined;
      throw new NodeError("SOURCE_UNREACHABLE", error.message, { cause: error });
    }
  }
  async function expect<Id extends RouteId>(id: Id, input: RouteInput<Id>): Promise<RouteAnswer<Id>> {
    const answer = await ask(id, input);
    if (answer !== undefined) return answer;
    throw new NodeError(
      "SOURCE_UNREACHABLE",
      `${endpoint.baseUrl} is no NeuroShard node of this version; name another`,
    );
  }
  return {
    name: endpoint.baseUrl,
    genesis: async () => hexToBytes((await expect("getGenesis", NONE)).bytes),
    head: async () => (await expect("getStatus", NONE)).head.height,
    block: (height) => ask("getRawBlock", { params: { height }, query: {} }),
    async snapshot() {
      const { snapshots } = await expect("listSnapshots", NONE);
      return snapshots[0] && hexToBytes(snapshots[0].manifest);
    },
    snapshotChunk: (height, index) => ask("getSnapshotChunk", { params: { height, index }, query: {} }),
  };
}
