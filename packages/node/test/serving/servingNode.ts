/** The HTTP surface of a node that serves a trained network, with a chain of which the test says what its newest model is. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModelDigest, State } from "@neuroshard/protocol";
import { openChain } from "../../src/chain/chain.ts";
import { readGenesis, writeGenesis } from "../../src/chain/homeFiles.ts";
import { type HttpOptions, startHttp } from "../../src/http/startHttp.ts";
import { type Serving, startServing } from "../../src/serving/startServing.ts";
import type { TextServer } from "../../src/serving/textServer.ts";
import type { TrainedNetwork } from "./trainedNetwork.ts";

export interface ServingNode {
  readonly url: string;
  readonly serving: Serving;
  readonly server: TextServer;
  readonly troubles: readonly string[];
  /** As the chain does when a round has ended. Resolves when new texts are of this model. */
  finalise(model: ModelDigest, round: number): Promise<void>;
  close(): Promise<void>;
}

export async function servingNode(
  { home, training, blobs }: TrainedNetwork,
  options: Partial<HttpOptions> = {},
): Promise<ServingNode> {
  const own = await mkdtemp(join(tmpdir(), "serving-node-"));
  await writeGenesis(own, readGenesis(home).genesis);
  const chain = openChain({ home: own });
  const troubles: string[] = [];
  let look: () => void = () => undefined;
  const view = {
    state: chain.state,
    subscribe(listener: () => void) {
      look = listener;
      return () => undefined;
    },
  };
  const serving = startServing({ training, blobs, chain: view, onTrouble: (message) => troubles.push(message) });
  const http = await startHttp({ chain, port: 0, serving, ...options });
  const serves = async (digest: string): Promise<void> => {
    while (serving.model?.digest !== digest) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await serves(training.model.weights);
  return {
    ...{ url: http.url, serving, server: serving.writer!.server, troubles },
    async finalise(model, round) {
      view.state = withModel(chain.state, model, round);
      look();
      await serves(model.weights);
    },
    async close() {
      await http.close();
      await serving.stop();
      chain.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}

function withModel(state: State, model: ModelDigest, modelRound: number): State {
  const training = { ...state.cells.training, model, modelRound };
  return { ...state, cells: { ...state.cells, training } };
}
