/** The one shape of every error. */
import { type Static, Type } from "typebox";

const figuresView = Type.Record(Type.String(), Type.String(), {
  description: "the figures behind the code, as text; amounts in base units",
});

export const faultView = Type.Object({
  code: Type.String({ pattern: "^[A-Z][A-Z0-9_]*$", description: "for programs; never changes its meaning" }),
  message: Type.String({ description: "for people: the cause; the remedy" }),
  data: figuresView,
});
export type FaultView = Static<typeof faultView>;

export const errorView = Type.Object({ error: faultView });
