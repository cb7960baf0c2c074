/** JSON that stays JSON where a page puts it into HTML: no `<`, `>` or `&`, and no line separators of JavaScript. */
const ESCAPES = /[<>&\u2028\u2029]/g;

export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPES, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
