/** What an account holds, stakes and votes with. */
import type { AccountView } from "../api/schemas/accountViews.ts";
import type { CallOptions, Client } from "../client.ts";

export function getAccount(client: Client, address: string, options?: CallOptions): Promise<AccountView> {
  return client.request("getAccount", { params: { address }, query: {} }, options);
}
