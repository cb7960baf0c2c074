/** Delegate: another account votes with the sender's stake, unless the sender votes. The stake itself stays. spec/staking.md#S5 */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { powerNow, setDelegate } from "./power.ts";

export const delegate: Apply<"delegate"> = (draft, { sender, body }, { height }) => {
  if (body.delegate === sender) return reject({ code: "DELEGATE_IS_SELF", account: sender });
  const before = powerNow(draft, sender).delegate;
  if (before === body.delegate) return reject({ code: "DELEGATE_UNCHANGED", account: before ?? sender });
  setDelegate(draft, sender, body.delegate, height);
  if (body.delegate !== null) return accept({ kind: "delegated", account: sender, to: body.delegate });
  return accept({ kind: "undelegated", account: sender, from: before ?? sender });
};
