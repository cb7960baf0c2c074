/** Text that a terminal shows and does not obey: a model may write any byte, escape sequences included. */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, "\ufffd");
}
