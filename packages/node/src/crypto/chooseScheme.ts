/** The fastest signature scheme that this machine has. */
import { portableScheme, type SignatureScheme } from "@neuroshard/protocol";
import { loadNativeScheme } from "./nativeScheme.ts";

export interface ChosenScheme {
  readonly kind: "native" | "portable";
  readonly scheme: SignatureScheme;
}

/** @param load Gives the native scheme, or undefined where there is none. */
export function chooseScheme(load: () => SignatureScheme | undefined = loadNativeScheme): ChosenScheme {
  const native = load();
  return native === undefined ? { kind: "portable", scheme: portableScheme } : { kind: "native", scheme: native };
}
