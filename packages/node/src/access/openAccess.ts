/** What the HTTP surface of a home goes by: its tokens, the operator's own among them, and what the operator allows. */
import type { AccessRules } from "../http/admission.ts";
import type { Secret } from "../wallet/secret.ts";
import { openAdminToken } from "./adminToken.ts";
import { openTokenRegister } from "./tokenRegister.ts";

/** Besides what holders of tokens may; nothing of it if not given. */
export type NodeAccess = Partial<Omit<AccessRules, "isLoopback" | "tokens">>;

export interface OpenAccess {
  readonly adminToken: Secret<string>;
  readonly rules: NodeAccess & Pick<AccessRules, "tokens">;
}

/** Throws what `openAdminToken` and `openTokenRegister` throw. */
export async function openAccess(
  home: string,
  access: NodeAccess | undefined,
  report: (message: string) => void,
): Promise<OpenAccess> {
  const adminToken = await openAdminToken(home);
  return { adminToken, rules: { ...access, tokens: await openTokenRegister(home, report) } };
}
