/** Short questions and answers: greetings, sums, small stories in one line, and facts that a child knows. */
import type { Exchange } from "./plot.ts";

export interface ExchangeGroup {
  readonly weight: number;
  /** True when the question may also be typed carelessly: no capital, no full stop. */
  readonly casual: boolean;
  readonly exchanges: readonly Exchange[];
}

const greetings: readonly Exchange[] = [
  {
    ask: "[Hello!|Hi!|Hey!|Hi there!|Hello there!|Hello, Neuro!|Good morning!|Good evening!]",
    answer: "Hello! [How are you?|What can I do for you?|Do you want to hear a story?]",
  },
  {
    ask: "[How are you?|How are you today?|How do you do?|Are you well?]",
    answer: "I am [fine|very well], thank you. How are you?",
  },
  {
    ask: "[I am fine.|I am fine, thank you.|I am well.|Very well, thank you.|I am happy.]",
    answer: "I am glad to hear that. Do you want to hear a story?",
  },
  {
    ask: "[I am sad.|I am not happy.|I am tired.]",
    answer: "I am sorry to hear that. Do you want to hear a story?",
  },
  {
    ask: "[What is your name?|Who are you?|What are you called?|What are you?]",
    answer: "My name is Neuro. I tell stories and add numbers.",
  },
  { ask: "[My name is {child}.|I am {child}.]", answer: "Hello, {child}! It is nice to meet you." },
  {
    ask: "[What can you do?|Can you help me?|What do you know?|Help!|Help me.]",
    answer: "I can tell stories, add numbers and answer small questions.",
  },
  { ask: "[Thank you!|Thanks!|Thank you very much.|Thank you, Neuro.]", answer: "You are welcome!" },
  {
    ask: "[That was nice.|That was a good story.|I like your story.|Good!|Very good!|You are funny.|I like you.]",
    answer: "Thank you! I am glad you like it.",
  },
  { ask: "[Goodbye!|Bye!|Bye bye!|See you tomorrow!|I have to go.]", answer: "Goodbye! Have a nice day!" },
  { ask: "Good night!", answer: "Good night! Sleep well!" },
  { ask: "[Yes.|Yes, please.|Okay.]", answer: "What should the story be about?" },
  { ask: "[No.|No, thank you.]", answer: "That is all right. What do you want to do?" },
  { ask: "Are you a [robot|computer|person]?", answer: "I am a small language model." },
  { ask: "What do you like?", answer: "I like stories about friends and animals." },
  { ask: "Do you like [stories|animals|friends]?", answer: "Yes, very much!" },
];

const additions: readonly Exchange[] = [
  {
    ask: "[What is {x} plus {y}?|How much is {x} plus {y}?|What is {x} + {y}?|{x} plus {y}?|{x} + {y}|Add {x} and {y}.]",
    answer: "{x} plus {y} is {total}.",
  },
];

const subtractions: readonly Exchange[] = [
  {
    ask: "[What is {larger} minus {smaller}?|How much is {larger} minus {smaller}?|What is {larger} - {smaller}?|{larger} - {smaller}]",
    answer: "{larger} minus {smaller} is {difference}.",
  },
];

const wordProblems: readonly Exchange[] = [
  {
    ask: "{Child} has {have} {foods}. {OtherChild} gives {childHim} {more} more. How many {foods} does {child} have?",
    answer: "{have} plus {more} is {sum}. {Child} has {sum} {foods}.",
  },
  {
    ask: "{Child} has {had} {foods}. {ChildHe} [eats|loses] {given}. How many {foods} does {child} have?",
    answer: "{had} minus {given} is {rest}. {Child} has {rest} {foods}.",
  },
  {
    ask: "{Child} has {had} {foods} and gives {otherChild} {given}. How many {foods} does {child} have?",
    answer: "{had} minus {given} is {rest}. {Child} has {rest} {foods}.",
  },
];

const smallScenes: readonly Exchange[] = [
  {
    ask: "{Child} put the {thing} {indoorSpot}. Where is the {thing}?",
    answer: "The {thing} is {indoorSpot}.",
  },
  { ask: "{Child} is {atPlace}. Where is {child}?", answer: "{Child} is {atPlace}." },
  { ask: "{Child} went {toPlace}. Where did {child} go?", answer: "{Child} went {toPlace}." },
  { ask: "{Child} saw a(n) {animal} {atPlace}. What did {child} see?", answer: "{Child} saw a(n) {animal}." },
  { ask: "{Child} ate a(n) {food}. What did {child} eat?", answer: "{Child} ate a(n) {food}." },
  {
    ask: "{Child} gave {otherChild} a(n) {color} {thing}. What did {otherChild} get?",
    answer: "{OtherChild} got a(n) {color} {thing}.",
  },
  {
    ask: "{Child} gave {otherChild} a(n) {thing}. Who has the {thing}?",
    answer: "{OtherChild} has the {thing}.",
  },
  { ask: "{Child} has a(n) {color} {thing}. What color is the {thing}?", answer: "The {thing} is {color}." },
];

type Row = readonly [string, string];

const sounds: readonly Row[] = [
  ["cow", "moo"],
  ["dog", "woof"],
  ["cat", "meow"],
  ["duck", "quack"],
  ["sheep", "baa"],
  ["pig", "oink"],
  ["lion", "roar"],
  ["mouse", "squeak"],
];
const homes: readonly Row[] = [
  ["fish", "in the water"],
  ["bear", "in the forest"],
  ["cow", "in the barn"],
  ["bird", "in a nest"],
  ["bee", "in a hive"],
  ["duck", "by the pond"],
  ["monkey", "in a tree"],
  ["frog", "by the pond"],
];
const diets: readonly Row[] = [
  ["rabbit", "carrots"],
  ["cat", "fish"],
  ["mouse", "cheese"],
  ["monkey", "bananas"],
  ["squirrel", "nuts"],
  ["horse", "hay"],
  ["bear", "honey"],
  ["dog", "meat"],
];
const colorFacts: readonly Row[] = [
  ["sky", "blue"],
  ["grass", "green"],
  ["sun", "yellow"],
  ["snow", "white"],
  ["night", "black"],
  ["sea", "blue"],
  ["moon", "white"],
];
const opposites: readonly Row[] = [
  ["big", "small"],
  ["hot", "cold"],
  ["up", "down"],
  ["happy", "sad"],
  ["day", "night"],
  ["fast", "slow"],
  ["old", "new"],
  ["good", "bad"],
];
const week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const facts: readonly Exchange[] = [
  ...sounds.map(([animal, sound]) => ({
    ask: `What does a ${animal} say?`,
    answer: `A ${animal} says ${sound}.`,
  })),
  ...homes.map(([animal, home]) => ({
    ask: `Where does a ${animal} live?`,
    answer: `A ${animal} lives ${home}.`,
  })),
  ...diets.map(([animal, food]) => ({ ask: `What does a ${animal} eat?`, answer: `A ${animal} eats ${food}.` })),
  ...colorFacts.map(([what, color]) => ({ ask: `What color is the ${what}?`, answer: `The ${what} is ${color}.` })),
  ...opposites.map(([word, opposite]) => ({
    ask: `What is the opposite of ${word}?`,
    answer: `The opposite of ${word} is ${opposite}.`,
  })),
  ...week.map((day, i) => {
    const next = week[(i + 1) % week.length] as string;
    return { ask: `What day comes after ${day}?`, answer: `${next} comes after ${day}.` };
  }),
  { ask: "What [number |]comes after {x}?", answer: "{next} comes after {x}." },
  { ask: "How many days are in a week?", answer: "A week has 7 days." },
  { ask: "What is a(n) {animal}?", answer: "A(n) {animal} is an animal." },
  { ask: "What is a(n) {food}?", answer: "A(n) {food} is something to eat." },
  { ask: "What is a(n) {thing}?", answer: "A(n) {thing} is something to play with." },
];

export const exchangeGroups: readonly ExchangeGroup[] = [
  { weight: 5, casual: true, exchanges: greetings },
  { weight: 8, casual: true, exchanges: additions },
  { weight: 3, casual: true, exchanges: subtractions },
  { weight: 3, casual: false, exchanges: wordProblems },
  { weight: 4, casual: false, exchanges: smallScenes },
  { weight: 4, casual: true, exchanges: facts },
];
