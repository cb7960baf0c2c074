/** What answers a route. Throws HttpFault; anything else that it throws is a bug. */
import type { PeersView, RouteAnswer, RouteId, RouteInput, Scope } from "@neuroshard/sdk/api";
import type { Chain, Submission } from "../../chain/chain.ts";
import type { NodeOperation } from "../../operation/nodeOperation.ts";
import type { Serving } from "../../serving/startServing.ts";
import type { EventStreams } from "../eventStreams.ts";
import type { Streamed } from "../streamed.ts";

/** What handlers work with: the same for every request. */
export interface HandlerContext {
  readonly chain: Chain;
  /** Follows another node and takes no transactions. */
  readonly isReadOnly: boolean;
  /** Takes a transaction; on a network it goes to the peers too. */
  readonly submit: (bytes: Uint8Array) => Submission;
  readonly peersView: () => PeersView;
  readonly streams: EventStreams;
  readonly operation: NodeOperation;
  /** Of a node that writes texts. */
  readonly serving: Serving | undefined;
}

/** About one request, besides what the contract says of it. */
export interface RequestFacts {
  /** What this client may do. That it may ask this route has been seen to. */
  readonly scopes: ReadonlySet<Scope>;
  /** Aborted when the client is gone before the answer is complete. */
  readonly signal: AbortSignal;
}

/** An object, bytes or text, as the contract says; or what streams it. */
export type Answered<Id extends RouteId> = RouteAnswer<Id> | Streamed;

export type Handler<Id extends RouteId> = (
  context: HandlerContext,
  input: RouteInput<Id>,
  request: RequestFacts,
) => Answered<Id> | Promise<Answered<Id>>;

export type Handlers<Id extends RouteId> = { readonly [I in Id]: Handler<I> };
