/** From an error of the file system to one that says what to do. */
import { DataError } from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";

/** The system's error code, e.g. "ENOENT", or "" for anything that is not a system error. */
export function systemCode(error: unknown): string {
  const isOurs = error instanceof DataError || error instanceof NodeError;
  const code = !isOurs && error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

/** For a path that could not be read. Errors that do not come from the system are passed on as they are. */
export function readFault(error: unknown, path: string): unknown {
  const reason = systemCode(error);
  if (reason === "") return error;
  const data = { path, reason };
  if (reason === "ENOENT" || reason === "ENOTDIR") {
    return new DataError({
      code: "MISSING_FILE",
      cause: `${path} does not exist`,
      remedy: "check the path, or use the built-in corpus by the name stories",
      data,
    });
  }
  const denied = reason === "EACCES" || reason === "EPERM";
  return new DataError({
    code: "UNREADABLE",
    cause: denied ? `no permission to read ${path}` : `${path} cannot be read (${reason})`,
    remedy: denied ? "give this user read permission on it" : "check the disk and the file",
    data,
  });
}

const writeCauses: Readonly<Record<string, readonly [cause: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", "free some space or choose another folder"],
  EFBIG: [
    "a file would be larger than this process may write",
    "raise the limit (ulimit -f) or choose a smaller preset",
  ],
  EDQUOT: ["the disk quota is used up", "free some space or choose another folder"],
  EACCES: ["this user may not write there", "change its permissions or choose another folder"],
  EPERM: ["this user may not write there", "change its permissions or choose another folder"],
  EROFS: ["the disk is read-only", "choose another folder"],
  ENOTDIR: ["a file is in the way", "choose another folder"],
  EEXIST: ["a file is in the way", "choose another folder"],
};

/** For a path that could not be written. Errors that do not come from the system are passed on as they are. */
export function writeFault(error: unknown, path: string): unknown {
  const reason = systemCode(error);
  if (reason === "") return error;
  const [why, remedy] = writeCauses[reason] ?? [`system error ${reason}`, "check the disk and the folder"];
  return new DataError({ code: "CANNOT_WRITE", cause: `cannot write ${path}: ${why}`, remedy, data: { path, reason } });
}
