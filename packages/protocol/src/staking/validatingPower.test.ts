import { expect, test } from "vitest";
import { person, TestChain } from "../../test/chain/testChain.ts";
import { workedTable } from "../../test/spec/workedTable.ts";
import { decimal, formatDecimal } from "../numbers/decimal.ts";
import { paramsAt } from "../params/paramsOfState.ts";
import { Draft } from "../state/draft.ts";
import { isQuorum, validatingPower } from "./validatingPower.ts";

const [ada, bea] = [person("ada"), person("bea")];

test.each(workedTable("staking.md", "S8", "granted"))(
  "S8: a grant of %s that fades over %s blocks, at height %s, with %s of one's own, delegated: %s, and %s received, is %s",
  (...row) => {
    const [granted = "", fade = "", height = "", own = "", delegated = "", received = "", power = ""] = row;
    const chain = new TestChain({
      balances: {},
      validators: [["ada", granted]],
      params: { "economics.staking.BOOTSTRAP_FADE": Number(fade) },
    });
    const draft = new Draft(chain.state);
    const delegate = delegated === "yes" ? bea.account : null;
    const checkpoint = { height: 0, own: decimal(own), delegate, received: decimal(received) };
    draft.set("power", ada.account, { checkpoints: [checkpoint] });
    const moment = { height: Number(height), params: paramsAt(chain.state, 0) };
    expect(formatDecimal(validatingPower(draft, ada.account, moment))).toBe(power);
  },
);

test.each(workedTable("rounds.md", "R7", "total"))("R7: of %s, %s for X and %s for Y: %s", (...row) => {
  const [total = "", forX = "", forY = "", model] = row;
  expect(isQuorum(BigInt(forX), BigInt(total))).toBe(model === "X");
  expect(isQuorum(BigInt(forY), BigInt(total))).toBe(model === "Y");
});
