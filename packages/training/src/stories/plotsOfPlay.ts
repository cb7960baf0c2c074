/** Plots about games, quarrels and things that only two can do. */
import { meetQuestion, type Plot, whereQuestion } from "./plot.ts";

const race: Plot = {
  name: "race",
  features: ["friend", "place"],
  sentences: [
    "{Hero} could run very fast.",
    "One {day}, {hero} and a(n) {friendKind} named {friend} had a race {atPlace}.",
    '"I will win," said {hero}. "No, I will win," said {friend}.',
    "They ran [as fast as they could|very, very fast].",
    "[But then|Suddenly] {friend} fell and hurt {friendHis} {limb}.",
    "{Hero} stopped and went back.",
    '"Are you all right?" asked {hero}.',
    '"My {limb} hurts," said {friend}.',
    '"[Do not worry|Do not cry]. We can walk together," said {hero}.',
    "[Slowly they walked on, and|Step by step they walked, and] they came to the end at the same time.",
    '"We both won!" said {friend}.',
    "{Hero} [smiled|laughed].",
    "It is better to have a friend than to win.",
  ],
  ending: "together",
  questions: [
    { ask: "Who fell in the race?", answer: "{Friend} fell and hurt {friendHis} {limb}." },
    { ask: "Where was the race?", answer: "The race was {atPlace}." },
    { ask: "Who won the race?", answer: "{Hero} and {friend} both won." },
  ],
};

const hideAndSeek: Plot = {
  name: "hide and seek",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} and a(n) {friendKind} named {friend} were {atPlace}.",
    '"Let us play hide and seek!" said {friend}. "I will hide, and you will count."',
    "{Hero} [closed {his} eyes|hid {his} eyes] and counted.",
    '"One, two, three, four, five! Here I come!" [called|shouted] {hero}.',
    "{He} looked {emptySpot}, but {friend} was not there.",
    "{He} looked and looked.",
    '"Where are you, {friend}?" asked {hero}.',
    "Then {he} heard a [small|funny] sound {spot}.",
    '"There you are! I found you!" said {hero}.',
    '"You are [very good|very clever]," said {friend}. "Now it is your turn to hide."',
    "They [laughed and laughed|had so much fun].",
  ],
  ending: "together",
  questions: [
    { ask: "What game did they play?", answer: "They played hide and seek." },
    { ask: "Where did {friend} hide?", answer: "{Friend} was {spot}." },
    { ask: "Who counted?", answer: "{Hero} counted." },
  ],
};

const quarrel: Plot = {
  name: "quarrel",
  features: ["friend", "place", "thing"],
  sentences: [
    "One {day}, {hero} and a(n) {friendKind} named {friend} played {atPlace}.",
    "They found a(n) {color} {thing} {spot}.",
    '"[It is mine|I want it]!" said {hero}. "No, [it is mine|I want it]!" said {friend}.',
    "{Hero} pulled the {thing}, and {friend} pulled the {thing}.",
    "[Then|Suddenly] they both fell down.",
    "{Hero} was angry, and {friend} began to cry.",
    '"I am sorry," said {hero}. "I [do not want to fight|want to be nice]."',
    '"I am sorry too," said {friend}. "We can take turns."',
    "First {friend} played with the {thing}, and then {hero} played with it.",
    "It was more fun to [share|play together].",
  ],
  ending: "together",
  questions: [
    { ask: "What did they find?", answer: "They found a(n) {color} {thing}." },
    { ask: "Where was the {thing}?", answer: "The {thing} was {spot}." },
    { ask: "Who said sorry first?", answer: "{Hero} said sorry first." },
  ],
};

const bigStone: Plot = {
  name: "big stone",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} wanted to go {toPlace}.",
    "But there was a big [stone|rock] on the road.",
    "{Hero} pushed and pushed, but it did not move.",
    '"It is too [big|heavy] for me," said {hero}.',
    "[Then|Soon] a(n) {friendKind} named {friend} came down the road.",
    '"What are you doing?" asked {friend}.',
    '"I want to go {toPlace}, but I cannot move this," said {hero}.',
    '"Let us push together," said {friend}. "One, two, three!"',
    "They pushed [very hard|as hard as they could], and it rolled away.",
    '"We did it!" [shouted|said] {hero}. "Thank you, {friend}!"',
    "Together they went {toPlace} and [had a good time|had so much fun].",
    "{Hero} learned that two can do more than one.",
  ],
  ending: "together",
  questions: [whereQuestion, meetQuestion, { ask: "Who helped {hero} push?", answer: "{Friend} helped {hero} push." }],
};

const snowman: Plot = {
  name: "snowman",
  features: ["friend", "place"],
  sentences: [
    "One cold morning, there was snow {atPlace}.",
    '"Snow! Snow!" [shouted|called] {hero} and ran out of the house.',
    "{He} met a(n) {friendKind} named {friend}, who liked snow too.",
    '"Let us make a snowman," said {friend}.',
    "{Hero} made a big ball of snow, and {friend} made a small one.",
    "They [used|took] {had} stones for the mouth and a carrot for the nose.",
    "{Hero} gave the snowman a(n) {color} {garment}.",
    '"Hello, snowman!" said {friend}. "You look [so nice|very funny]!"',
    "They danced around the snowman and sang.",
    "Then they were [cold|tired] and went to {hero}'s house.",
    "{Hero}'s {parent} gave them [hot milk|warm soup|bread and honey].",
  ],
  ending: "together",
  questions: [
    { ask: "What did {hero} and {friend} make?", answer: "They made a snowman." },
    { ask: "What did {hero} give the snowman?", answer: "{Hero} gave the snowman a(n) {color} {garment}." },
    { ask: "How many stones did they use?", answer: "They used {had} stones." },
  ],
};

const deepHole: Plot = {
  name: "deep hole",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} went for a walk {atPlace}.",
    "{He} did not look at the ground and fell into a [deep|dark] hole.",
    '"Help! Help!" [called|shouted] {hero}. "I cannot get out!"',
    "{He} tried to climb, but the hole was too deep.",
    "[After a while|At last] a(n) {friendKind} named {friend} heard {him}.",
    '"[Do not worry|Do not be afraid]," said {friend}. "I will get you out."',
    "{Friend} [found|got] a long rope and threw it down.",
    '"Hold the rope!" said {friend} and pulled and pulled.',
    "[Soon|Step by step] {hero} came out of the hole.",
    '"Thank you, {friend}! You saved me," said {hero}.',
    '"I am [glad|happy] that I could help," said {friend}.',
    "{Hero} learned to [look at the ground|be careful].",
  ],
  ending: "together",
  questions: [
    { ask: "What happened to {hero}?", answer: "{Hero} fell into a hole." },
    { ask: "Who saved {hero}?", answer: "{Friend} saved {hero}." },
    { ask: "Where did {hero} walk?", answer: "{Hero} went for a walk {atPlace}." },
  ],
};

const sickFriend: Plot = {
  name: "sick friend",
  features: ["friend"],
  sentences: [
    "{Hero} had a good friend, a(n) {friendKind} named {friend}.",
    "One {day}, {friend} was [sick|ill] and had to stay in bed.",
    '"I am so sad. I cannot play with you," said {friend}.',
    "{Hero} wanted to help and [thought for a while|had an idea].",
    "{He} ran home and told {his} {parent}.",
    "Together they made [warm soup|hot tea|a small cake].",
    "{Hero} also took {had} {color} flowers from the garden.",
    '"This is for you, {friend}," said {hero}.',
    '"Thank you! I feel better now," said {friend} and smiled.',
    "{Hero} sat [next to|near] the bed and told a funny story.",
    "The next day, {friend} was well again.",
  ],
  ending: "together",
  questions: [
    { ask: "Who was sick?", answer: "{Friend} was sick." },
    { ask: "What flowers did {hero} take?", answer: "{Hero} took {had} {color} flowers." },
  ],
};

export const plotsOfPlay: readonly Plot[] = [race, hideAndSeek, quarrel, bigStone, snowman, deepHole, sickFriend];
