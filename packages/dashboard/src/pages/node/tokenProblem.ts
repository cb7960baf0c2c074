/** What is wrong with something that should be a token, before anybody is asked. */

const TOKEN = /^nst_[A-Za-z0-9_-]{43}$/;

/** Undefined: it looks like one. */
export function tokenProblem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return "Paste the token here.";
  return TOKEN.test(trimmed) ? undefined : "This is no token: one begins with nst_ and has 47 characters.";
}
