/** Plots in which something is counted, added or taken away. */
import { meetQuestion, type Plot, whereQuestion } from "./plot.ts";

const sharing: Plot = {
  name: "sharing",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} had {had} {foods}.",
    "{He} put them in a {container} and went {toPlace}.",
    "There {he} met a(n) {friendKind} named {friend}.",
    '"What do you have in your {container}?" asked {friend}.',
    '"I have {had} {foods}," said {hero}.',
    '"I am [so|very] hungry," said {friend}. "I have no {foods}."',
    "{Hero} gave {friend} {given} {foods}.",
    "Now {hero} had {rest} {foods}, and {friend} had {given} {foods}.",
    '"Thank you! [They taste so good|You are so kind]," said {friend}.',
    "They sat [in the sun|under a tree] and ate the {foods}.",
    "{Hero} learned that [it is good to share|sharing is fun].",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    meetQuestion,
    { ask: "How many {foods} did {hero} have at first?", answer: "{Hero} had {had} {foods}." },
    { ask: "How many {foods} did {hero} give {friend}?", answer: "{Hero} gave {friend} {given} {foods}." },
    { ask: "How many {foods} did {hero} have left?", answer: "{Hero} had {rest} {foods} left." },
  ],
};

const gift: Plot = {
  name: "gift",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} had {have} {foods}.",
    "{He} went {toPlace} and met a(n) {friendKind} named {friend}.",
    '"Hello, {hero}. How many {foods} do you have?" asked {friend}.',
    '"I have {have} {foods}," said {hero}.',
    "{Friend} gave {him} {more} more.",
    "Now {hero} had {sum} {foods}.",
    '"Thank you, {friend}! That is so kind," said {hero}.',
    '"Let us eat them together," said {friend}.',
    "They sat [in the sun|under a tree] and ate {sum} {foods}.",
    "Then they [sang a song|told a story|took a long nap].",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    meetQuestion,
    { ask: "How many {foods} did {hero} have in the end?", answer: "{Hero} had {sum} {foods}." },
    { ask: "How many {foods} did {friend} give {hero}?", answer: "{Friend} gave {hero} {more} {foods}." },
  ],
};

const collecting: Plot = {
  name: "collecting",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} and a(n) {friendKind} named {friend} went {toPlace}.",
    "It was warm, and the birds [were singing|sang in the trees].",
    '"Let us look for {treasures}," said {friend}.',
    "{Hero} found {have} {treasures}, and {friend} found {more} {treasures}.",
    '"How many {treasures} do we have now?" asked {friend}.',
    '"Let us count them," said {hero}. "{have} plus {more} is {sum}."',
    '"We have {sum} {treasures}!" said {friend}.',
    "They [made a pretty picture with the {treasures}|put the {treasures} in a {container}].",
    "Then they showed them to {hero}'s {parent}.",
    '"[How nice|How pretty]!" said {his} {parent}.',
    "It was a [good|fine] day.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    { ask: "What did {hero} and {friend} look for?", answer: "They looked for {treasures}." },
    { ask: "How many {treasures} did {hero} find?", answer: "{Hero} found {have} {treasures}." },
    { ask: "How many {treasures} did they have?", answer: "They had {sum} {treasures}." },
  ],
};

const birthdayCake: Plot = {
  name: "birthday cake",
  features: ["friend"],
  sentences: [
    "It was the birthday of {hero}'s {parent}, and {hero} wanted to bake a(n) {cake}.",
    "{He} needed {sum} eggs, but {he} had only {have}.",
    '"What can I do?" asked {hero}.',
    "{He} went to a(n) {friendKind} named {friend}, who lived [next door|in the next house].",
    '"Can you give me {more} eggs?" asked {hero}.',
    '"Yes, here you are," said {friend}. "{have} plus {more} is {sum}."',
    "[Together|Then] they baked the {cake}, and it smelled so good.",
    '"Happy birthday!" said {hero} and {friend}.',
    "{Hero}'s {parent} [smiled|laughed] and gave them a big hug.",
    "They all ate the {cake} together.",
    "It was [a very happy day|the best birthday of all].",
  ],
  ending: "together",
  questions: [
    { ask: "What did {hero} bake?", answer: "{Hero} baked a(n) {cake}." },
    { ask: "How many eggs did {hero} need?", answer: "{Hero} needed {sum} eggs." },
    { ask: "Who helped {hero}?", answer: "{Friend} helped {hero}." },
  ],
};

const market: Plot = {
  name: "market",
  features: ["friend", "thing"],
  sentences: [
    "One {day}, {hero} went to the market with {had} coins.",
    "There {he} saw a(n) {color} {thing}.",
    '"How much is the {thing}?" asked {hero}.',
    '"It is {given} coins," said the seller.',
    "{Hero} [counted the coins|thought about it].",
    '"{had} minus {given} is {rest}," {he} said. "I can buy it."',
    "{Hero} gave the seller {given} coins and had {rest} coins left.",
    "On the way home, {he} met a(n) {friendKind} named {friend}.",
    '"What a nice {thing}!" said {friend}.',
    '"[We can share it|Let us play with it]," said {hero}.',
    "They played with the {color} {thing} [until the sun went down|until it was time to go home|all day long].",
  ],
  ending: "together",
  questions: [
    meetQuestion,
    { ask: "What did {hero} buy?", answer: "{Hero} bought a(n) {color} {thing}." },
    { ask: "How much was the {thing}?", answer: "The {thing} was {given} coins." },
    { ask: "How many coins did {hero} have left?", answer: "{Hero} had {rest} coins left." },
  ],
};

export const plotsOfNumbers: readonly Plot[] = [sharing, gift, collecting, birthdayCake, market];
