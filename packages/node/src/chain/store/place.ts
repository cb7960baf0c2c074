/** Where in the chain something happened, as one number that grows with the chain. */

/** `index` counts the receipts of a block: 0 is what the block itself did, its transactions follow from 1. */
export interface Place {
  readonly height: number;
  readonly index: number;
}

/** More than a block has receipts; 2^36 heights are left, thousands of years of blocks. */
const PLACES_PER_BLOCK = 2 ** 17;

export function placeNumber({ height, index }: Place): number {
  return height * PLACES_PER_BLOCK + index;
}

export function placeOf(number: number): Place {
  return { height: Math.floor(number / PLACES_PER_BLOCK), index: number % PLACES_PER_BLOCK };
}
