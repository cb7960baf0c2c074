/** The form of a plot, and the sentences that many plots share. */

/** Two templates rendered in one scene: what a user asks and what the answer is. */
export interface Exchange {
  readonly ask: string;
  readonly answer: string;
}

/** What a plot is able to show, so that a story asked for "about the beach" really goes there. */
export type Feature = "friend" | "place" | "thing" | "light thing";

export interface Plot {
  readonly name: string;
  readonly features: readonly Feature[];
  /** Templates of the sentences between the opening and the ending, in order; joined by single spaces. */
  readonly sentences: readonly string[];
  readonly ending: keyof typeof endings;
  /** Questions the finished story answers. */
  readonly questions: readonly Exchange[];
}

/** Who the story is about: the first sentence. */
export const opening =
  "[[Once upon a time|A long time ago] there [was|lived]|Once there was|There once was] a(n) {trait} {kind} named {hero}.";

/** Something more about the main character: the second sentence of half of the stories. */
export const introduction =
  "[{He} [liked|loved] to {hobby}[| all day| every day]|{He} had a [warm heart|big smile|happy smile|soft voice]|{Hero} was always [kind|nice] to others|Everyone [liked|loved] {hero}].";

/** The last sentence, by what the plot leaves open. */
export const endings = {
  together:
    "[[From that day on|After that|And so], they were [best|good] friends|After that, they [met|played together] every day|That night, {hero} had a happy dream|{Hero} and {friend} were [very|so] happy|They never forgot that day].",
  alone:
    "[{Hero} was the happiest {kind} of all|{Hero} was [very|so] happy|That night, {hero} [slept well|had a happy dream]|{Hero} told everyone about it].",
  bedtime: "{He} [closed {his} eyes|went back to bed] and [slept very well|had a happy dream].",
} as const;

export const theEnd = "The end.";

export const whereQuestion: Exchange = { ask: "Where did {hero} go?", answer: "{Hero} went {toPlace}." };
export const meetQuestion: Exchange = {
  ask: "[Who|What friend] did {hero} meet?",
  answer: "{Hero} met a(n) {friendKind} named {friend}.",
};
export const heroQuestion: Exchange = {
  ask: "Who was the story about?",
  answer: "The story was about a(n) {kind} named {hero}.",
};
