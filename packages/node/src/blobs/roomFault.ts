/** Writing a blob failed: for want of room, or for another reason of the system. */
import { systemCode, writeFault } from "../data/fileFault.ts";
import { NodeError } from "../nodeError.ts";

const NO_ROOM_CODES: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG"];

export function roomFault(error: unknown, path: string): unknown {
  if (!NO_ROOM_CODES.includes(systemCode(error))) return writeFault(error, path);
  const message = `the disk has no room for ${path}; free some space, or move the home to a larger disk`;
  return new NodeError("NO_ROOM", message, { cause: error });
}
