/** What a dishonest node is made of: an honest one, with some of its ports wrapped. */
import type { State } from "@neuroshard/protocol";
import type { SimulatedNode } from "../localNetwork.ts";

/** `state`: of the chain; whoever cheats may know all that is public. */
export type FalseNode = (state: () => State) => Pick<SimulatedNode, "corrupt" | "disguise">;
