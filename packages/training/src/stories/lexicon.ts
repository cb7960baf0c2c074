/** The words of the story world. Lists are in a fixed order: reordering or extending one changes every corpus made from it. */

export type Gender = "female" | "male";

export const pronouns = {
  female: { he: "she", him: "her", his: "her" },
  male: { he: "he", him: "him", his: "his" },
} as const satisfies Record<Gender, Record<"he" | "him" | "his", string>>;

export const childNames: Readonly<Record<Gender, readonly string[]>> = {
  female: ["Lily", "Mia", "Anna", "Sue", "Lucy", "Emma", "Rosa", "Ella", "Nina", "Zoe", "Amy", "Kate", "Sara", "Jane"],
  male: ["Tom", "Ben", "Max", "Sam", "Tim", "Leo", "Jack", "Finn", "Oscar", "Noah", "Bob", "Paul", "Nick", "Adam"],
};

export const animalNames: Readonly<Record<Gender, readonly string[]>> = {
  female: ["Daisy", "Bella", "Coco", "Luna", "Ruby", "Molly", "Poppy", "Honey"],
  male: ["Rex", "Spot", "Teddy", "Milo", "Pip", "Buddy", "Rocky", "Toby"],
};

export interface Animal {
  readonly name: string;
  readonly plural: string;
}

export const animals: readonly Animal[] = [
  ["dog", "dogs"],
  ["cat", "cats"],
  ["rabbit", "rabbits"],
  ["bear", "bears"],
  ["fox", "foxes"],
  ["mouse", "mice"],
  ["duck", "ducks"],
  ["frog", "frogs"],
  ["pig", "pigs"],
  ["horse", "horses"],
  ["cow", "cows"],
  ["goat", "goats"],
  ["sheep", "sheep"],
  ["lion", "lions"],
  ["tiger", "tigers"],
  ["elephant", "elephants"],
  ["monkey", "monkeys"],
  ["owl", "owls"],
  ["bird", "birds"],
  ["squirrel", "squirrels"],
  ["turtle", "turtles"],
  ["penguin", "penguins"],
  ["panda", "pandas"],
  ["kitten", "kittens"],
  ["puppy", "puppies"],
  ["wolf", "wolves"],
  ["deer", "deer"],
  ["hedgehog", "hedgehogs"],
  ["dragon", "dragons"],
  ["unicorn", "unicorns"],
].map(([name, plural]) => ({ name, plural }) as Animal);

export const roles: readonly { readonly name: string; readonly gender: Gender }[] = [
  { name: "princess", gender: "female" },
  { name: "fairy", gender: "female" },
  { name: "prince", gender: "male" },
  { name: "knight", gender: "male" },
  { name: "pirate", gender: "male" },
  { name: "wizard", gender: "male" },
];

export const traits = ["little", "small", "young", "kind", "brave", "clever", "happy", "funny", "gentle", "friendly"];

export const places: readonly { readonly name: string; readonly at: string }[] = [
  { name: "the park", at: "in the park" },
  { name: "the garden", at: "in the garden" },
  { name: "the forest", at: "in the forest" },
  { name: "the meadow", at: "in the meadow" },
  { name: "the village", at: "in the village" },
  { name: "the field", at: "in the field" },
  { name: "the beach", at: "at the beach" },
  { name: "the farm", at: "at the farm" },
  { name: "the playground", at: "at the playground" },
  { name: "the lake", at: "by the lake" },
  { name: "the river", at: "by the river" },
  { name: "the pond", at: "by the pond" },
  { name: "the hill", at: "on the hill" },
];

export interface Thing {
  readonly name: string;
  /** A gust of wind can carry it into a tree. */
  readonly light: boolean;
}

export const things: readonly Thing[] = [
  ...["ball", "kite", "hat", "balloon", "scarf", "flag", "ribbon", "paper boat"].map((name) => ({ name, light: true })),
  ...["doll", "drum", "book", "cup", "bell", "box", "car", "train", "boat", "bag", "basket", "lamp"].map((name) => ({
    name,
    light: false,
  })),
  ...["flute", "key", "ring", "crown", "umbrella", "clock", "robot", "wagon", "whistle", "truck"].map((name) => ({
    name,
    light: false,
  })),
];

export const colors = ["red", "blue", "green", "yellow", "pink", "purple", "orange", "white", "black", "brown"];

export interface Countable {
  readonly one: string;
  readonly many: string;
}

const countable = ([one, many]: readonly [string, string]): Countable => ({ one, many });

export const foods: readonly Countable[] = (
  [
    ["apple", "apples"],
    ["pear", "pears"],
    ["plum", "plums"],
    ["cookie", "cookies"],
    ["carrot", "carrots"],
    ["cherry", "cherries"],
    ["berry", "berries"],
    ["peach", "peaches"],
    ["banana", "bananas"],
    ["orange", "oranges"],
    ["nut", "nuts"],
    ["cake", "cakes"],
  ] as const
).map(countable);

export const treasures: readonly Countable[] = (
  [
    ["shell", "shells"],
    ["stone", "stones"],
    ["flower", "flowers"],
    ["leaf", "leaves"],
    ["feather", "feathers"],
    ["stick", "sticks"],
    ["acorn", "acorns"],
    ["button", "buttons"],
  ] as const
).map(countable);

export const outdoorSpots = [
  "under a tree",
  "behind a rock",
  "in the tall grass",
  "under a bench",
  "behind a bush",
  "under some leaves",
  "near the gate",
  "behind the old wall",
];

export const indoorSpots = [
  "under the bed",
  "behind the door",
  "under the table",
  "on the shelf",
  "under the chair",
  "in the kitchen",
  "next to the window",
  "in the big box",
];

export const parents: readonly { readonly name: string; readonly gender: Gender }[] = [
  { name: "mother", gender: "female" },
  { name: "father", gender: "male" },
  { name: "grandmother", gender: "female" },
  { name: "grandfather", gender: "male" },
];

export const skills = ["swim", "dance", "sing", "skate", "climb", "paint", "whistle", "read"];

export const hobbies = ["sing", "dance", "run", "jump", "draw", "play", "laugh", "help others"];
