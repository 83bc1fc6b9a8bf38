/** A loop of the shell that prints `count 1`, `count 2`, … until a key is pressed, then `counted N`. */
export const countUntilKey = "i=0; until read -rsn1 -t 0.03; do echo count $((++i)); done; echo count''ed $i";
export const counted = /^counted (\d+)$/m;

/** The numbers that the loop has shown, in order. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/^count (\d+)$/gm)].map(([, number]) => Number(number));
}

/** What the loop shows when nothing is lost or doubled. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
