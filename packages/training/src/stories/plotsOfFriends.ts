/** Plots about finding, helping and keeping a friend. */
import { meetQuestion, type Plot, whereQuestion } from "./plot.ts";

const lostThing: Plot = {
  name: "lost thing",
  features: ["friend", "place", "thing"],
  sentences: [
    "{Hero} had a(n) {color} {thing} and [took it everywhere|loved it very much|played with it every day].",
    "One {day}, {hero} [went|ran|walked] {toPlace} to play with the {thing}.",
    "[But soon|But after a while|But then] the {thing} was gone.",
    '"Where is my {thing}?" asked {hero}.',
    "{He} looked {emptySpot}, but it was not there.",
    "{Hero} [was very sad|sat down and cried|began to cry].",
    "[Then|Just then|Soon] a(n) {friendKind} named {friend} came by.",
    '"[Why are you sad|What is wrong]?" asked {friend}.',
    '"I [lost|cannot find] my {color} {thing}," said {hero}.',
    '"[Do not cry|Do not worry]. I will help you," said {friend}.',
    "They looked [everywhere|for a long time].",
    "At last they looked {spot}, and there was the {thing}!",
    '"Thank you, {friend}!" said {hero}.',
    "{Hero} and {friend} [played|laughed and played] [until the sun went down|until it was time to go home|all day long].",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    { ask: "What did {hero} lose?", answer: "{Hero} lost a(n) {color} {thing}." },
    { ask: "Who helped {hero}?", answer: "{Friend} helped {hero}." },
    { ask: "Where was the {thing}?", answer: "The {thing} was {spot}." },
    { ask: "What color was the {thing}?", answer: "The {thing} was {color}." },
  ],
};

const stuckInTree: Plot = {
  name: "stuck in a tree",
  features: ["friend", "place", "light thing"],
  sentences: [
    "One windy day, {hero} went {toPlace} with {his} {color} {lightThing}.",
    "[Suddenly|Then] the wind [blew hard|was very strong] and took the {lightThing} up into a tall tree.",
    '"Oh no! My {lightThing} is stuck!" [cried|said] {hero}.',
    "{He} jumped and jumped, but the tree was too tall.",
    "[Then|Soon] a(n) {friendKind} named {friend} came by.",
    '"Can you help me?" asked {hero}.',
    '"Yes, [of course|I have an idea|I can]," said {friend}.',
    "{Friend} [got a long stick and pushed the {lightThing} down|shook the tree, and the {lightThing} fell down].",
    '"Thank you [so much|very much]," said {hero}. "You are [very kind|a good friend]."',
    "{Hero} and {friend} [played|laughed and played] [until the sun went down|until it was time to go home|all day long].",
    "{Hero} learned that it is good to ask for help.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    { ask: "What was stuck in the tree?", answer: "The {color} {lightThing} was stuck in the tree." },
    { ask: "Who helped {hero}?", answer: "{Friend} helped {hero}." },
  ],
};

const newFriend: Plot = {
  name: "new friend",
  features: ["friend", "place", "thing"],
  sentences: [
    "But {he} had no one to play with.",
    "Every day {hero} [sat|played] alone {atPlace}.",
    '"I wish I had a friend," said {hero}.',
    "One {day}, a(n) {friendKind} named {friend} came {toPlace}.",
    "{Friend} had a(n) {color} {thing}.",
    '"[Hello|Hi]! Do you want to play with me?" asked {friend}.',
    '"Yes, [please|I do]!" said {hero}.',
    "They played with the {thing}, and then they [ran and jumped|sang and danced|told funny stories].",
    "When it was time to go home, {hero} was a little sad.",
    '"Can we play again tomorrow?" {he} asked.',
    '"Yes, we can," said {friend}. "We are friends now."',
    "{Hero} [ran home with a smile|smiled all the way home].",
    "{He} was never alone again.",
  ],
  ending: "together",
  questions: [
    meetQuestion,
    { ask: "What did {friend} have?", answer: "{Friend} had a(n) {color} {thing}." },
    { ask: "Where did {hero} sit alone?", answer: "{Hero} was alone {atPlace}." },
  ],
};

const honestFinder: Plot = {
  name: "honest finder",
  features: ["friend", "place", "thing"],
  sentences: [
    "One {day}, {hero} went {toPlace} and found a(n) {color} {thing}.",
    "It was very [pretty|nice], and {hero} wanted to keep it.",
    '"But it is not mine," [said|thought] {hero}. "Who lost it?"',
    "{He} asked a(n) {stranger}, but the {stranger} did not know.",
    "Then {hero} met a(n) {friendKind} named {friend}, who was [crying|very sad].",
    '"I lost my {thing}," said {friend}.',
    '"Is this your {thing}?" asked {hero}.',
    '"Yes, [it is|that is my {thing}]! Thank you!" said {friend}.',
    "{Friend} was so happy and gave {hero} a(n) [big hug|{food}].",
    "{Hero} was happy too.",
    "{He} learned that it is good to be honest.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    meetQuestion,
    { ask: "What did {hero} find?", answer: "{Hero} found a(n) {color} {thing}." },
    { ask: "Who lost the {thing}?", answer: "{Friend} lost the {thing}." },
  ],
};

const coldDay: Plot = {
  name: "cold day",
  features: ["friend", "place"],
  sentences: [
    "One cold day, {hero} went {toPlace} in a warm {color} {garment}.",
    "There {he} met a(n) {friendKind} named {friend}, who had no {garment}.",
    '"I am [so|very] cold," said {friend}.',
    "{Hero} thought for a moment.",
    "Then {he} gave {friend} the {color} {garment}.",
    '"But now you are cold," said {friend}.',
    '"My house is warm. Come with me," said {hero}.',
    "They ran to the house and [drank hot milk|ate warm soup|sat by the fire].",
    "{Hero}'s {parent} [smiled|was very proud].",
    '"You are so kind, {hero}," said {his} {parent}.',
    "{Hero} was not cold any more, and {friend} was not cold any more.",
  ],
  ending: "together",
  questions: [
    whereQuestion,
    meetQuestion,
    { ask: "What did {hero} give {friend}?", answer: "{Hero} gave {friend} a(n) {color} {garment}." },
  ],
};

const lostBaby: Plot = {
  name: "lost baby",
  features: ["friend", "place"],
  sentences: [
    "One {day}, {hero} went {toPlace} and heard a small voice.",
    "It was a baby {stranger}.",
    '"I cannot find my mother," [said|cried] the baby {stranger}.',
    '"[Do not cry|Do not worry]. I will help you," said {hero}.',
    "They looked {emptySpot}, but she was not there.",
    "Then they met a(n) {friendKind} named {friend}.",
    '"Did you see a big {stranger}?" asked {hero}.',
    '"Yes, she is {spot}," said {friend}.',
    "They [all ran there|went there together], and there was the mother {stranger}!",
    '"My baby! I am so happy to see you," said the mother.',
    '"Thank you, {hero}! Thank you, {friend}!" said the baby {stranger}.',
  ],
  ending: "together",
  questions: [
    whereQuestion,
    { ask: "Who lost the mother?", answer: "The baby {stranger} lost the mother." },
    { ask: "Where was the mother {stranger}?", answer: "The mother {stranger} was {spot}." },
  ],
};

export const plotsOfFriends: readonly Plot[] = [lostThing, stuckInTree, newFriend, honestFinder, coldDay, lostBaby];
