/** Who acts in a story: name, kind and gender always agree. */
import type { Chooser } from "./chooser.ts";
import { animalNames, animals, childNames, type Gender, roles } from "./lexicon.ts";

export interface Character {
  readonly name: string;
  /** "girl", "boy", the name of a role, or the name of an animal. */
  readonly kind: string;
  readonly gender: Gender;
}

/** What is already known about a character; the rest is drawn. */
export interface CharacterWish {
  readonly name?: string;
  readonly kind?: string;
  readonly gender?: Gender;
  /** A kind it must not have. */
  readonly otherThan?: string;
}

const genders: readonly Gender[] = ["female", "male"];
const childKind: Readonly<Record<Gender, string>> = { female: "girl", male: "boy" };

const heroGroups = [
  { group: "child", weight: 5 },
  { group: "animal", weight: 4 },
  { group: "role", weight: 1 },
] as const;

/** Draws a main character: a child, an animal, or now and then a princess or a pirate. */
export function drawHero(chooser: Chooser, wish: CharacterWish): Character {
  const kind = wish.kind ?? (wish.name === undefined ? drawHeroKind(chooser) : kindOfName(wish.name, chooser));
  return complete(chooser, kind, wish);
}

/** Draws the second character: of the other gender, so that "he" and "she" are never in doubt, and of another kind. */
export function drawFriend(chooser: Chooser, hero: Character, wish: CharacterWish): Character {
  const gender = hero.gender === "female" ? "male" : "female";
  const kind = wish.kind ?? (wish.name === undefined ? drawFriendKind(chooser, hero, gender) : childKind[gender]);
  return complete(chooser, kind, { ...wish, gender });
}

/** An animal other than those named. */
export function drawAnimalKind(chooser: Chooser, except: readonly string[]): string {
  return chooser.pick(animals.filter(({ name }) => !except.includes(name))).name;
}

/** The gender a kind implies; animals have none by kind. */
function genderOfKind(kind: string): Gender | undefined {
  if (kind === "girl") return "female";
  if (kind === "boy") return "male";
  return roles.find(({ name }) => name === kind)?.gender;
}

/** The gender of a name of the lexicon. */
export function genderOfName(name: string): Gender {
  return childNames.female.includes(name) || animalNames.female.includes(name) ? "female" : "male";
}

function drawHeroKind(chooser: Chooser): string {
  const { group } = chooser.pickWeighted(heroGroups);
  if (group === "child") return childKind[chooser.pick(genders)];
  return group === "animal" ? drawAnimalKind(chooser, []) : chooser.pick(roles).name;
}

function drawFriendKind(chooser: Chooser, hero: Character, gender: Gender): string {
  return chooser.chance(1, 2) ? childKind[gender] : drawAnimalKind(chooser, [hero.kind]);
}

function kindOfName(name: string, chooser: Chooser): string {
  const isChild = childNames.female.includes(name) || childNames.male.includes(name);
  return isChild ? childKind[genderOfName(name)] : drawAnimalKind(chooser, []);
}

function complete(chooser: Chooser, kind: string, wish: CharacterWish): Character {
  if (wish.name !== undefined) return { name: wish.name, kind, gender: genderOfName(wish.name) };
  const kindGender = genderOfKind(kind);
  const gender = wish.gender ?? kindGender ?? chooser.pick(genders);
  const isAnimal = kindGender === undefined;
  return { name: chooser.pick((isAnimal ? animalNames : childNames)[gender]), kind, gender };
}
