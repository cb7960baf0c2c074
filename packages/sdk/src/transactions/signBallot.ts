/** A vote that its voter signs away from any node, and that anybody can deliver. */
import { type Ballot, ballotHash, type SignedBallot } from "@neuroshard/protocol";
import type { Signer } from "./signer.ts";

export async function signBallot(content: Omit<Ballot, "publicKey">, signer: Signer): Promise<SignedBallot> {
  const ballot: Ballot = { ...content, publicKey: signer.publicKey };
  return { ballot, signature: await signer.sign(ballotHash(ballot)) };
}
