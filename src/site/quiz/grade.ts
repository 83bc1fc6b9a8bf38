/** What the page knows of a question: the ids that are right. Made from a `Question` when the page is built. */
export type Key =
  | { readonly type: 'single' | 'multiple'; readonly right: readonly string[] }
  /** Every right order. */
  | { readonly type: 'order'; readonly right: readonly (readonly string[])[] }
  /** `left=right` for each pair. */
  | { readonly type: 'match'; readonly right: readonly string[] };

/** Is this the whole right answer? `answer` has the form of `writeAnswer`. */
export function isRight(key: Key, answer: readonly string[]): boolean {
  switch (key.type) {
    case 'single':
    case 'multiple':
    case 'match':
      return answer.length === key.right.length && answer.every((part) => key.right.includes(part));
    case 'order':
      return key.right.some((order) => order.length === answer.length && order.every((id, index) => id === answer[index]));
  }
}

/** An answer as the server keeps it: the chosen ids, ids in order, or pairs `left=right`. */
export function writeAnswer(parts: readonly string[]): string {
  return parts.join(' ');
}

export function readAnswer(stored: string): string[] {
  return stored.split(' ').filter((part) => part !== '');
}
