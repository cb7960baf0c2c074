/** Answers about parameters. */
import { isParamKey, PARAM_KEYS, type ParamKey, paramToJson } from "@neuroshard/protocol";
import type { Chain } from "../../chain/chain.ts";
import { notFound, refused } from "../httpFault.ts";
import { paramView } from "../views/paramView.ts";
import { stateProofView } from "../views/stateProofView.ts";
import type { Handlers } from "./handler.ts";

export const paramHandlers: Handlers<"listParams" | "getParam" | "getParamHistory" | "getParamProof"> = {
  listParams({ chain }, { query }) {
    const height = heightIn(chain, query.height);
    return { height, params: PARAM_KEYS.map((key) => paramView(chain, key, height)) };
  },

  getParam: ({ chain }, { params, query }) => paramView(chain, keyIn(params.key), heightIn(chain, query.height)),

  getParamHistory({ chain }, { params }) {
    const key = keyIn(params.key);
    const settings = chain.state.tables.params.get(key) ?? [];
    return {
      key,
      settings: settings.map(({ height, value, nepId }) => ({ height, value: paramToJson(value), nepId })),
    };
  },

  getParamProof: ({ chain }, { params }) => stateProofView(chain, "params", keyIn(params.key)),
};

function keyIn(key: string): ParamKey {
  if (!isParamKey(key)) throw notFound(`parameter ${key}`);
  return key;
}

/** What will be in force later is not decided yet. */
function heightIn(chain: Chain, asked: number | undefined): number {
  const { height } = chain.head();
  if (asked === undefined || asked <= height) return asked ?? height;
  throw refused("BAD_REQUEST", { path: "query.height", reason: `is ahead of the chain, which is at ${height}` });
}
