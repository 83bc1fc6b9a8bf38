/**
 * A loop of the shell that prints `count 1`, `count 2`, … until a key is pressed, then `counted N`. It only asks whether a key is
 * waiting: a `read` that times out in the moment in which the key comes would lose it (bash, about 1 in 200).
 */
export const countUntilKey = "i=0; stty -icanon -echo; until read -t 0; do sleep 0.03; echo count $((++i)); done; read -rsn1; stty sane; echo count''ed $i";
export const counted = /^counted (\d+)$/m;

/** The numbers that the loop has shown, in order. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/^count (\d+)$/gm)].map(([, number]) => Number(number));
}

/** What the loop shows when nothing is lost or doubled. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
