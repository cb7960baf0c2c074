/** The token of whoever operates the node: kept as long as the tab is open, sent in the one header and nowhere else. */
import { type Client, createClient } from "@neuroshard/sdk";
import { derived, type Readable, writable } from "svelte/store";

const KEY = "neuroshard.admin-token";

/** Where storage is refused it lasts as long as the page. */
function stored(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

const token = writable(stored());
token.subscribe((text) => {
  try {
    if (text === "") sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    // It is asked for again after the next load.
  }
});

export const adminAccess = {
  /** Undefined before somebody gave a token. */
  client: derived(token, (text) =>
    text === "" ? undefined : createClient({ baseUrl: location.origin, token: text }),
  ) satisfies Readable<Client | undefined>,
  enter: (text: string): void => token.set(text.trim()),
  leave: (): void => token.set(""),
};
