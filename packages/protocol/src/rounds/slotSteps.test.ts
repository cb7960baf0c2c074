import { expect, test } from "vitest";
import { TestChain } from "../../test/chain/testChain.ts";
import { workedTable } from "../../test/spec/workedTable.ts";
import { paramsAt } from "../params/paramsOfState.ts";
import { slotSteps } from "./slotSteps.ts";

test.each(workedTable("rounds.md", "R2", "speed"))(
  "R2: speed %s, %s seconds and at most %s steps give %s",
  (...row) => {
    const [speed = 0, seconds = 0, most = 0, steps] = row.map(Number);
    const params = {
      "training.diloco.ROUND_TARGET_SECONDS": seconds,
      "training.diloco.INNER_STEPS": most,
    };
    const chain = new TestChain({ preset: "devnet", balances: {}, params });
    expect(slotSteps(speed, paramsAt(chain.state, 0))).toBe(steps);
  },
);
