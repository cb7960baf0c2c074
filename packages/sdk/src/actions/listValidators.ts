/** Who validates, and how much stake that takes. */
import type { ValidatorsView } from "../api/schemas/validatorViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function listValidators(client: Client, options?: CallOptions): Promise<ValidatorsView> {
  return client.request("listValidators", { params: {}, query: {} }, options);
}
