/** The ways in which a user may ask for a story, each with what the story then must contain. */
import { drawAnimalKind, genderOfName } from "./character.ts";
import type { Chooser } from "./chooser.ts";
import { type Animal, animalNames, animals, childNames, colors, places, roles, things, traits } from "./lexicon.ts";
import type { Topic } from "./scene.ts";
import { capitalized, withArticle } from "./template.ts";

export interface StoryRequest {
  readonly text: string;
  readonly topic: Topic;
}

/** `#` stands for what the story is about. */
const phrasings: readonly string[] = [
  "Tell me a story about #.",
  "Tell me a story about #, please.",
  "Please tell me a story about #.",
  "Can you tell me a story about #?",
  "Could you tell me a story about #?",
  "Tell me a short story about #.",
  "Tell me about #.",
  "Write a story about #.",
  "Write a short story about #.",
  "Write me a story about #.",
  "Make up a story about #.",
  "Give me a story about #.",
  "I want a story about #.",
  "I want to hear a story about #.",
  "I would like a story about #.",
  "Do you know a story about #?",
  "A story about #, please.",
  "Story about #.",
];

const openPhrasings: readonly string[] = [
  "Tell me a story.",
  "Tell me a story, please.",
  "Please tell me a story.",
  "Can you tell me a story?",
  "Could you tell me a story?",
  "Tell me a short story.",
  "Tell me another story.",
  "Write a story.",
  "Write a short story.",
  "I want to hear a story.",
  "I would like a story.",
  "Do you know a story?",
  "A story, please.",
];

const allNames = [...childNames.female, ...childNames.male, ...animalNames.female, ...animalNames.male];
const heroKinds = ["girl", "boy", ...roles.map(({ name }) => name)];

type Subject = (chooser: Chooser) => { readonly about: string; readonly topic: Topic };

const ofAnimal: Subject = (chooser) => {
  const kind = drawAnimalKind(chooser, []);
  return { about: withArticle(kind), topic: { hero: { kind } } };
};

const ofAnimals: Subject = (chooser) => {
  const { name, plural }: Animal = chooser.pick(animals);
  return { about: plural, topic: { hero: { kind: name } } };
};

const ofPerson: Subject = (chooser) => {
  const kind = chooser.pick(heroKinds);
  return { about: withArticle(kind), topic: { hero: { kind } } };
};

const ofName: Subject = (chooser) => {
  const name = chooser.pick(allNames);
  return { about: name, topic: { hero: { name } } };
};

const ofNamedAnimal: Subject = (chooser) => {
  const kind = drawAnimalKind(chooser, []);
  const name = chooser.pick([...animalNames.female, ...animalNames.male]);
  return { about: `${withArticle(kind)} named ${name}`, topic: { hero: { kind, name } } };
};

const ofTrait: Subject = (chooser) => {
  const trait = chooser.pick(traits);
  const kind = chooser.chance(1, 2) ? chooser.pick(heroKinds) : drawAnimalKind(chooser, []);
  return { about: withArticle(`${trait} ${kind}`), topic: { trait, hero: { kind } } };
};

const ofPlace: Subject = (chooser) => {
  const { name } = chooser.pick(places);
  return { about: name, topic: { place: name } };
};

const ofThing: Subject = (chooser) => {
  const { name } = chooser.pick(things);
  return { about: withArticle(name), topic: { thing: name } };
};

const ofColoredThing: Subject = (chooser) => {
  const color = chooser.pick(colors);
  const { name } = chooser.pick(things);
  return { about: withArticle(`${color} ${name}`), topic: { color, thing: name } };
};

const ofAnimalAtPlace: Subject = (chooser) => {
  const kind = drawAnimalKind(chooser, []);
  const place = chooser.pick(places);
  return { about: `${withArticle(kind)} ${place.at}`, topic: { hero: { kind }, place: place.name } };
};

const ofTwoAnimals: Subject = (chooser) => {
  const kind = drawAnimalKind(chooser, []);
  const friendKind = drawAnimalKind(chooser, [kind]);
  return {
    about: `${withArticle(kind)} and ${withArticle(friendKind)}`,
    topic: { hero: { kind }, friend: { kind: friendKind } },
  };
};

const ofTwoChildren: Subject = (chooser) => {
  const name = chooser.pick([...childNames.female, ...childNames.male]);
  const friendName = chooser.pick(genderOfName(name) === "female" ? childNames.male : childNames.female);
  return { about: `${name} and ${friendName}`, topic: { hero: { name }, friend: { name: friendName } } };
};

const ofChildAndAnimal: Subject = (chooser) => {
  const hero = chooser.pick(["girl", "boy"]);
  const friendKind = drawAnimalKind(chooser, []);
  return {
    about: `a ${hero} and ${withArticle(friendKind)}`,
    topic: { hero: { kind: hero }, friend: { kind: friendKind } },
  };
};

const subjects: readonly { readonly weight: number; readonly draw: Subject }[] = [
  { weight: 6, draw: ofAnimal },
  { weight: 1, draw: ofAnimals },
  { weight: 2, draw: ofPerson },
  { weight: 3, draw: ofName },
  { weight: 1, draw: ofNamedAnimal },
  { weight: 2, draw: ofTrait },
  { weight: 3, draw: ofPlace },
  { weight: 3, draw: ofThing },
  { weight: 1, draw: ofColoredThing },
  { weight: 1, draw: ofAnimalAtPlace },
  { weight: 1, draw: ofTwoAnimals },
  { weight: 1, draw: ofTwoChildren },
  { weight: 1, draw: ofChildAndAnimal },
];

/** Draws a request; one in eight leaves the topic to the storyteller. */
export function drawStoryRequest(chooser: Chooser): StoryRequest {
  if (chooser.chance(1, 8)) return { text: chooser.pick(openPhrasings), topic: {} };
  const { about, topic } = chooser.pickWeighted(subjects).draw(chooser);
  return { text: capitalized(chooser.pick(phrasings).replace("#", about)), topic };
}
