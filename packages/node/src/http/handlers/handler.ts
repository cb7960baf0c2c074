/** What answers a route. Throws HttpFault; anything else that it throws is a bug. */
import type { PeersView, RouteAnswer, RouteId, RouteInput } from "@neuroshard/sdk/api";
import type { Chain, Submission } from "../../chain/chain.ts";

export interface HandlerContext {
  readonly chain: Chain;
  /** Follows another node and takes no transactions. */
  readonly isReadOnly: boolean;
  /** Takes a transaction; on a network it goes to the peers too. */
  readonly submit: (bytes: Uint8Array) => Submission;
  readonly peersView: () => PeersView;
}

/** Answers of the event stream do not end, so they are no handler's. */
export type AnsweredRouteId = Exclude<RouteId, "streamEvents">;

export type Handler<Id extends AnsweredRouteId> = (context: HandlerContext, input: RouteInput<Id>) => RouteAnswer<Id>;

export type Handlers<Id extends AnsweredRouteId> = { readonly [I in Id]: Handler<I> };
