/** Answers about the trained model, and how it came to be. */
import { refused } from "../httpFault.ts";
import { curveView } from "../views/curveView.ts";
import { modelView } from "../views/modelView.ts";
import type { Handlers } from "./handler.ts";

const USUAL_POINTS = 500;
/** A network that trains nothing will not begin to soon. */
const RETRY_SECONDS = 60;

export const modelHandlers: Handlers<"getModel" | "getRoundCurve"> = {
  getModel({ chain: { state }, operation }) {
    const view = modelView(state, operation.modelFacts());
    if (view !== undefined) return view;
    const reason = "this network trains no model";
    throw refused("MODEL_NOT_READY", { reason, retryAfterSeconds: String(RETRY_SECONDS) });
  },

  getRoundCurve: ({ operation: { curve } }, { query: { points = USUAL_POINTS } }) => curveView(curve.view(), points),
};
