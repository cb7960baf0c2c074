/** Seeded random strings for property tests: every kind of character, runs, and the places where tokenizers go wrong. */

export interface RandomText {
  /** An integer 0 .. bound - 1. */
  below(bound: number): number;
  /** A valid Unicode string of up to about 80 characters. */
  text(): string;
}

const SPECIALS = [
  "'s 't 'd 'm 'll 're 've 'S 'em ’s ’ll can't we'd've",
  " \t\n\r\v\f   ",
  "\u00a0\u1680\u2003\u200b\u2028\u2029\u202f\u3000\ufeff\u0085\u180e\u0000\u001c\u007f",
  "0123456789",
  "the and ing of a ",
  "!?.,:;-_()[]{}<>@#$%^&*`~\"\\/|+='",
  "éñßüøдлящ中文海灯あのは한글ا",
  "\u0301\u0302\u20dd\u{e0101}\u200d",
  "😀👍🏽🌊👩‍🚀🏴󠁧󠁢🇩🇪",
  "“”‘’—…、。「」！？：",
].map((characters) => Array.from(characters));

export function randomText(seed: number): RandomText {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    // Numerical Recipes' generator; only its high bits are used.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const anyCharacter = (): string => {
    const codePoint = below(0x110000 - 0x800);
    return String.fromCodePoint(codePoint < 0xd800 ? codePoint : codePoint + 0x800);
  };
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const text = (): string => {
    const pools = [oneOf(SPECIALS), oneOf(SPECIALS), oneOf(SPECIALS)];
    let result = "";
    for (let i = below(60); i > 0; i--) {
      const character = below(20) === 0 ? anyCharacter() : oneOf(oneOf(pools));
      result += below(12) === 0 ? character.repeat(1 + below(below(10) === 0 ? 90 : 4)) : character;
    }
    return result;
  };
  return { below, text };
}
