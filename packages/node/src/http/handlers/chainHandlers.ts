/** Answers about the network as a whole. */
import {
  activeFeatures,
  bytesToHex,
  circulating,
  encode,
  type Genesis,
  genesis as genesisCodec,
  paramsAt,
  snapshotManifest,
  stateRoot,
  upgradeDemand,
} from "@neuroshard/protocol";
import { type EventKind, type JsonOf, openApiDocument } from "@neuroshard/sdk/api";
import { countUndecidedNeps } from "../../chain/undecidedNeps.ts";
import { notFound, refused } from "../httpFault.ts";
import { Streamed } from "../streamed.ts";
import { trainingView } from "../views/trainingView.ts";
import { formatVersion, upgradeView } from "../views/upgradeView.ts";
import type { Handlers } from "./handler.ts";

type Id =
  | "getStatus"
  | "getGenesis"
  | "getSupply"
  | "listSnapshots"
  | "getSnapshotChunk"
  | "streamEvents"
  | "getOpenApi";

export const chainHandlers: Handlers<Id> = {
  getStatus({ chain }) {
    const { state, genesis } = chain;
    const { height, digest, signedHeader } = chain.head();
    const { version, validatorCount } = state.cells;
    const demand = upgradeDemand(state);
    const params = paramsAt(state, height);
    return {
      networkId: chain.networkId,
      networkName: genesis.name,
      preset: genesis.preset,
      protocolVersion: formatVersion(version),
      features: [...activeFeatures(state)],
      upgrade: demand === undefined ? null : upgradeView(demand),
      head: {
        height,
        hash: digest,
        timeMs: signedHeader?.header.timeMs ?? genesis.createdAtMs,
        stateRoot: signedHeader?.header.stateRoot ?? stateRoot(state),
      },
      blockSeconds: params.get("protocol.time.BLOCK_SECONDS"),
      dayBlocks: params.get("protocol.time.DAY_BLOCKS"),
      validators: validatorCount.count,
      openNeps: countUndecidedNeps(state),
      pendingTransactions: chain.mempool.size,
      training: trainingView(state),
    };
  },

  getGenesis({ chain }) {
    const { genesis, networkId } = chain;
    const bytes = bytesToHex(encode(genesisCodec, genesis));
    return { networkId, genesis: genesisCodec.toJson(genesis) as JsonOf<Genesis>, bytes };
  },

  getSupply({ chain }) {
    const { supply, head } = chain.state.cells;
    const amounts = Object.entries(supply).map(([place, amount]) => [place, String(amount)]);
    const places = Object.fromEntries(amounts) as Record<keyof typeof supply, string>;
    return { height: head.height, ...places, circulating: String(circulating(supply)) };
  },

  listSnapshots({ chain }) {
    const snapshots = chain.application.listSnapshots().map((manifest) => ({
      height: manifest.signedHeader.header.height,
      stateRoot: manifest.signedHeader.header.stateRoot,
      manifest: bytesToHex(encode(snapshotManifest, manifest)),
      chunks: [...manifest.chunks],
    }));
    return { snapshots };
  },

  getSnapshotChunk({ chain }, { params: { height, index } }) {
    const chunk = chain.application.loadSnapshotChunk(height, index);
    if (chunk === undefined) throw notFound(`chunk ${index} of a snapshot of block ${height}`);
    return chunk;
  },

  streamEvents({ streams }, { query }, { scopes }) {
    const kinds = new Set((query.kinds ?? "block").split(",")) as ReadonlySet<EventKind>;
    if (kinds.has("log") && !scopes.has("admin")) throw refused("SCOPE_MISSING", { needed: "admin" });
    if (streams.isFull) throw refused("UNAVAILABLE", { reason: "as many listen as this node can serve" });
    return new Streamed((response, headers) => streams.open(response, headers, kinds));
  },

  getOpenApi: () => ({ ...openApiDocument() }),
};
