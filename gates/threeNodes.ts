/** Gate: three nodes train together for a quarter of an hour. */

import { allPaid } from "./harness/allPaid.ts";
import { checkTraining } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";
import { sameModel } from "./harness/sameModel.ts";

export const threeNodes = gateOf({
  name: "three-nodes",
  ...{ seconds: 900, nodes: 3, preset: "nano", roles: "trainer,validator" },
  async run({ network, watch, seconds }) {
    await watch.until(() => false, seconds);
    return [await sameModel(network, watch), await allPaid(watch), ...checkTraining(network, watch)];
  },
});
