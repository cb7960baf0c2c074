/** Plots about family, fear, patience and the way home. */
import { heroQuestion, meetQuestion, type Plot, whereQuestion } from "./plot.ts";

const brokenThing: Plot = {
  name: "broken thing",
  features: ["thing"],
  sentences: [
    "{Hero} had a(n) {color} {thing} and [took it everywhere|loved it very much|played with it every day].",
    "One {day}, {hero} [dropped|fell on] the {thing}, and it broke.",
    '"Oh no! I broke my {thing}!" cried {hero}.',
    "{He} [was very sad|began to cry] and ran to {his} {parent}.",
    '"What is wrong, {hero}?" asked {his} {parent}.',
    '"My {thing} is broken," said {hero}. "Can you fix it?"',
    '"[Let us try|We can fix it together]," said {his} {parent}.',
    "They took some [glue|tape|string] and worked [for an hour|all afternoon].",
    "[Soon|At last] the {thing} was as good as new.",
    '"[Thank you|Hooray]! I am so happy," said {hero} and gave {his} {parent} a big hug.',
    "After that, {hero} was always careful with the {thing}.",
  ],
  ending: "alone",
  questions: [
    heroQuestion,
    { ask: "What did {hero} break?", answer: "{Hero} broke a(n) {color} {thing}." },
    { ask: "Who fixed the {thing}?", answer: "{Hero} and {his} {parent} fixed the {thing}." },
  ],
};

const afraidOfTheDark: Plot = {
  name: "afraid of the dark",
  features: [],
  sentences: [
    "But {hero} [was afraid of|did not like] the dark.",
    "One night, {he} heard a strange sound {indoorSpot}.",
    "It went [tap, tap, tap|bump, bump, bump|scratch, scratch, scratch].",
    '"Is it a monster?" thought {hero}.',
    "{He} called {his} {parent}, and {his} {parent} came with a [lamp|candle].",
    '"Do not be afraid," said {his} {parent}. "Let us look together."',
    "They looked {indoorSpot}.",
    "There was no monster, only a {noiseMaker}!",
    '{Hero} laughed. "Hello, little one," {he} said.',
    "Then {hero} was not afraid any more.",
  ],
  ending: "bedtime",
  questions: [
    heroQuestion,
    { ask: "What made the sound?", answer: "A {noiseMaker} made the sound." },
    { ask: "Where did the sound come from?", answer: "The {noiseMaker} was {indoorSpot}." },
  ],
};

const learning: Plot = {
  name: "learning",
  features: [],
  sentences: [
    "{Hero} wanted to learn to {skill}.",
    "{His} {parent} could {skill}, but {hero} could not.",
    "One {day}, {hero} tried, but it [did not work|was too hard].",
    '"I will never learn to {skill}," said {hero}.',
    '"[Do not give up|You must try again]," said {his} {parent}. "I will [help|show] you."',
    "{Hero} tried again and again.",
    "{He} tried every day.",
    "And then, one [morning|fine day], {he} could {skill}!",
    '"Look at me! I can {skill}!" [shouted|called] {hero}.',
    '"I am so proud of you," said {his} {parent}.',
    "{Hero} [jumped for joy|smiled and smiled].",
    "{He} learned that it is good to try again.",
  ],
  ending: "alone",
  questions: [
    heroQuestion,
    { ask: "What did {hero} learn?", answer: "{Hero} learned to {skill}." },
    { ask: "Who helped {hero}?", answer: "{Hero}'s {parent} helped {him}." },
  ],
};

const seed: Plot = {
  name: "seed",
  features: [],
  sentences: [
    "One {day}, {hero} found a [small|tiny] seed.",
    '"What will it be?" asked {hero}.',
    '"Plant it, and you will see," said {his} {parent}.',
    "{Hero} put the seed in the ground [behind|near] the house.",
    "Every day {he} gave it water, but nothing came up.",
    '"You have to wait a little longer," said {his} {parent}.',
    "[Then|One morning] the sun came out, and there was a small green plant.",
    "It grew and grew, and soon it was a(n) {color} {flower}.",
    '"Look, a(n) {color} {flower}!" [said|called] {hero}.',
    '"It is [so pretty|beautiful]," said {his} {parent}.',
    "{Hero} learned that good things take time.",
  ],
  ending: "alone",
  questions: [
    heroQuestion,
    { ask: "What did {hero} find?", answer: "{Hero} found a seed." },
    { ask: "What came out of the seed?", answer: "It was a(n) {color} {flower}." },
  ],
};

const rainyDay: Plot = {
  name: "rainy day",
  features: ["friend", "place", "thing"],
  sentences: [
    "One day, {hero} wanted to go {toPlace}, but it was raining.",
    '"I cannot play outside," said {hero} and was sad.',
    "[Then|Just then] a(n) {friendKind} named {friend} came to the door.",
    '"Come in, {friend}!" said {hero}. "What can we do?"',
    '"We can play with your {color} {thing}," said {friend}.',
    "So they played with the {thing} and [sang songs|told stories|ate cookies].",
    "[Soon|After a while] the rain stopped, and the sun came out.",
    '"Look, a rainbow!" said {hero}.',
    '"Now we can go {toPlace}!" said {friend}.',
    "They ran {toPlace} and [jumped in the puddles|danced in the sun].",
    "It was a happy day.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    { ask: "Who came to the door?", answer: "A(n) {friendKind} named {friend} came to the door." },
    { ask: "What did they play with?", answer: "They played with a(n) {color} {thing}." },
  ],
};

const wayHome: Plot = {
  name: "way home",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} went {toPlace} alone.",
    "[It got dark|The sun went down], and {he} could not find the way home.",
    '{He} asked a(n) {stranger}, "Do you know the way to my house?"',
    '"No, I do not," said the {stranger}.',
    "Then {hero} met a(n) {friendKind} named {friend}.",
    '"I know the way," said {friend}. "Come with me."',
    "They walked [over the bridge|down the road|past the big tree], and soon {hero} saw {his} house.",
    "{His} {parent} was waiting at the door.",
    '"There you are!" said {his} {parent}.',
    '"{Friend} helped me," said {hero}.',
    "They all [ate warm soup|ate bread and honey|drank hot milk] and were happy.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    meetQuestion,
    { ask: "Who knew the way?", answer: "{Friend} knew the way." },
    { ask: "Who was waiting at the door?", answer: "{Hero}'s {parent} was waiting at the door." },
  ],
};

export const plotsOfHome: readonly Plot[] = [brokenThing, afraidOfTheDark, learning, seed, rainyDay, wayHome];
