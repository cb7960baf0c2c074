/** The node that this page came from. */
import { createClient } from "@neuroshard/sdk";
import { createLive } from "./createLive.ts";

export const live = createLive(createClient({ baseUrl: location.origin }));
