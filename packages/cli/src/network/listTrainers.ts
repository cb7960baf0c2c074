/** Who trains in the newest round of a network, and what their accounts have. */
import { type Client, getAccount, getRound, type StatusView } from "@neuroshard/sdk";

export interface Trainer {
  readonly address: string;
  readonly device: string;
  /** Base units. */
  readonly balance: string;
  /** Pay that is held. */
  readonly held: string;
}

/** More are not asked for one by one. */
const MOST_TRAINERS = 32;

export async function listTrainers(client: Client, training: StatusView["training"]): Promise<readonly Trainer[]> {
  if (training === null || training.round === 0) return [];
  const { round } = await getRound(client, training.round);
  return await Promise.all(
    round.slots.slice(0, MOST_TRAINERS).map(async ({ account, device }) => {
      const { address, balance, held } = await getAccount(client, account);
      return { address, device, balance, held };
    }),
  );
}
