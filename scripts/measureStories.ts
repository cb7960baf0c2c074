/** Prints the figures of docs/stories.md: entropy rate and sizes of the built-in corpus. */
import { measureStories } from "@neuroshard/training";

console.log(measureStories(1, 4000));
