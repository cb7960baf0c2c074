/**
 * The facts of one story or one exchange: who, where, what, how many. A fact is drawn when its slot is first used and then
 * stays, so every mention agrees and no choice is made that the text does not show.
 */
import { type Character, type CharacterWish, drawAnimalKind, drawFriend, drawHero, genderOfName } from "./character.ts";
import type { Chooser } from "./chooser.ts";
import {
  animals,
  childNames,
  colors,
  foods,
  hobbies,
  indoorSpots,
  outdoorSpots,
  parents,
  places,
  pronouns,
  skills,
  things,
  traits,
  treasures,
} from "./lexicon.ts";
import type { Words } from "./template.ts";

/** What a story must contain; everything else is free. */
export interface Topic {
  readonly hero?: CharacterWish;
  readonly friend?: CharacterWish;
  readonly trait?: string;
  /** Name of a place of the lexicon. */
  readonly place?: string;
  /** Name of a thing of the lexicon. */
  readonly thing?: string;
  readonly color?: string;
}

const lightThings = things.filter(({ light }) => light);
/** Animals that can have a "baby" of their own name. */
const notParents = ["kitten", "puppy", "dragon", "unicorn"];
const fromNoun = (options: readonly string[]) => (chooser: Chooser) => chooser.pick(options);

/** Slots that are one draw from one list. */
const simpleWords = {
  trait: fromNoun(traits),
  color: fromNoun(colors),
  hobby: fromNoun(hobbies),
  skill: fromNoun(skills),
  indoorSpot: fromNoun(indoorSpots),
  day: fromNoun(["day", "sunny day", "morning", "warm day", "afternoon", "fine day"]),
  garment: fromNoun(["coat", "scarf", "hat", "sweater"]),
  limb: fromNoun(["leg", "foot", "knee"]),
  container: fromNoun(["bag", "basket", "box"]),
  cake: fromNoun(["cake", "pie", "big cake", "apple pie"]),
  noiseMaker: fromNoun(["little mouse", "small kitten", "little bird", "small frog"]),
  flower: fromNoun(["rose", "tulip", "flower", "daisy"]),
  parent: (chooser: Chooser) => chooser.pick(parents).name,
  animal: (chooser: Chooser) => chooser.pick(animals).name,
} as const;

interface Pair {
  readonly first: number;
  readonly second: number;
}

export class Scene {
  readonly #chooser: Chooser;
  readonly #topic: Topic;
  readonly #facts = new Map<string, unknown>();
  readonly words: Words = (slot) => this.#word(slot);

  constructor(chooser: Chooser, topic: Topic = {}) {
    this.#chooser = chooser;
    this.#topic = topic;
  }

  #fact<T>(name: string, draw: () => T): T {
    if (!this.#facts.has(name)) this.#facts.set(name, draw());
    return this.#facts.get(name) as T;
  }

  #word(slot: string): string {
    const find = slotWords[slot];
    if (find !== undefined) return find(this);
    const draw = simpleWords[slot as keyof typeof simpleWords];
    if (draw === undefined) throw new Error(`internal: story template uses the unknown slot {${slot}}`);
    return this.#fact(slot, () => this.#wish(slot) ?? draw(this.#chooser));
  }

  #wish(slot: string): string | undefined {
    return slot === "trait" || slot === "color" ? this.#topic[slot] : undefined;
  }

  get hero(): Character {
    return this.#fact("hero", () => drawHero(this.#chooser, this.#topic.hero ?? {}));
  }

  get friend(): Character {
    const { hero } = this;
    return this.#fact("friend", () => drawFriend(this.#chooser, hero, this.#topic.friend ?? {}));
  }

  /** A third animal, of a kind that can have a mother of the same name. */
  get stranger(): string {
    const known = [this.hero.kind, this.friend.kind, ...notParents];
    return this.#fact("stranger", () => drawAnimalKind(this.#chooser, known));
  }

  get place(): (typeof places)[number] {
    const wanted = places.filter(({ name }) => name === this.#topic.place);
    return this.#fact("place", () => wanted[0] ?? this.#chooser.pick(places));
  }

  get thing(): string {
    return this.#fact("thing", () => this.#topic.thing ?? this.#chooser.pick(things).name);
  }

  /** The same fact as `thing`, for plots in which the wind carries it away. */
  get lightThing(): string {
    return this.#fact("thing", () => this.#topic.thing ?? this.#chooser.pick(lightThings).name);
  }

  get food(): (typeof foods)[number] {
    return this.#fact("food", () => this.#chooser.pick(foods));
  }

  get treasure(): (typeof treasures)[number] {
    return this.#fact("treasure", () => this.#chooser.pick(treasures));
  }

  /** Where the search ends, and another place where it begins. */
  get spots(): { readonly found: string; readonly empty: string } {
    return this.#fact("spots", () => {
      const found = this.#chooser.pick(outdoorSpots);
      return { found, empty: this.#chooser.pick(outdoorSpots.filter((spot) => spot !== found)) };
    });
  }

  /** Two numbers to add in a story; both need a plural noun. */
  get addition(): Pair {
    return this.#fact("addition", () => ({ first: this.#chooser.between(2, 9), second: this.#chooser.between(2, 9) }));
  }

  /** Two numbers to subtract in a story; the rest needs a plural noun too. */
  get subtraction(): Pair {
    return this.#fact("subtraction", () => {
      const first = this.#chooser.between(4, 10);
      return { first, second: this.#chooser.between(2, first - 2) };
    });
  }

  /** Two numbers from 0 to 10, the larger first when `ordered`. */
  numbers(ordered: boolean): Pair {
    return this.#fact(ordered ? "ordered numbers" : "numbers", () => {
      const first = this.#chooser.between(0, 10);
      return { first, second: this.#chooser.between(0, ordered ? first : 10) };
    });
  }

  /** A child and a second one of the other gender, for questions with their own small facts. */
  get child(): string {
    return this.#fact("child", () => this.#chooser.pick([...childNames.female, ...childNames.male]));
  }

  get otherChild(): string {
    const names = genderOfName(this.child) === "female" ? childNames.male : childNames.female;
    return this.#fact("otherChild", () => this.#chooser.pick(names));
  }
}

/** Slots that depend on a shared fact. */
const slotWords: Readonly<Record<string, (scene: Scene) => string>> = {
  hero: ({ hero }) => hero.name,
  kind: ({ hero }) => hero.kind,
  he: ({ hero }) => pronouns[hero.gender].he,
  him: ({ hero }) => pronouns[hero.gender].him,
  his: ({ hero }) => pronouns[hero.gender].his,
  friend: ({ friend }) => friend.name,
  friendKind: ({ friend }) => friend.kind,
  friendHis: ({ friend }) => pronouns[friend.gender].his,
  stranger: ({ stranger }) => stranger,
  place: ({ place }) => place.name,
  toPlace: ({ place }) => `to ${place.name}`,
  atPlace: ({ place }) => place.at,
  thing: ({ thing }) => thing,
  lightThing: ({ lightThing }) => lightThing,
  food: ({ food }) => food.one,
  foods: ({ food }) => food.many,
  treasures: ({ treasure }) => treasure.many,
  spot: ({ spots }) => spots.found,
  emptySpot: ({ spots }) => spots.empty,
  have: ({ addition }) => `${addition.first}`,
  more: ({ addition }) => `${addition.second}`,
  sum: ({ addition }) => `${addition.first + addition.second}`,
  had: ({ subtraction }) => `${subtraction.first}`,
  given: ({ subtraction }) => `${subtraction.second}`,
  rest: ({ subtraction }) => `${subtraction.first - subtraction.second}`,
  x: (scene) => `${scene.numbers(false).first}`,
  y: (scene) => `${scene.numbers(false).second}`,
  total: (scene) => `${scene.numbers(false).first + scene.numbers(false).second}`,
  larger: (scene) => `${scene.numbers(true).first}`,
  smaller: (scene) => `${scene.numbers(true).second}`,
  difference: (scene) => `${scene.numbers(true).first - scene.numbers(true).second}`,
  next: (scene) => `${scene.numbers(false).first + 1}`,
  child: ({ child }) => child,
  childHe: ({ child }) => pronouns[genderOfName(child)].he,
  childHim: ({ child }) => pronouns[genderOfName(child)].him,
  otherChild: ({ otherChild }) => otherChild,
};
