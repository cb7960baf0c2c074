/** Signs two commits for its slot: one by way of states that it never had, and the true one. The first in a block counts. */
import type { Digest } from "@neuroshard/protocol";
import type { FalseNode } from "./falseNode.ts";

const INVENTED = "55".repeat(32) as Digest;

export const equivocate: FalseNode = () => ({
  disguise: (chain) => ({
    ...chain,
    submit(body) {
      if (body.kind === "commitWork") {
        const { segments } = body.commit;
        // The last one must lead to the end that the commit names.
        const invented = [...segments.slice(1).map(() => INVENTED), ...segments.slice(-1)];
        chain.submit({ ...body, commit: { ...body.commit, segments: invented } });
      }
      chain.submit(body);
    },
  }),
});
