import type { Key } from './grade.ts';
import type { Question } from './quiz.ts';

export function keyOf(question: Question): Key {
  switch (question.type) {
    case 'single':
    case 'multiple':
      return { type: question.type, right: question.options.filter((option) => option.isRight).map(({ id }) => id) };
    case 'order':
      return { type: 'order', right: [question.steps.map(({ id }) => id), ...(question.alsoRight ?? [])] };
    case 'match':
      return { type: 'match', right: question.pairs.map(({ id }) => `${id}=${id}`) };
  }
}

/**
 * The same things in another order, always the same one for the same `seed`, and never the one they came in: what is shown to be ordered
 * or matched must not give the answer away.
 */
export function shuffled<Item extends { readonly id: string }>(items: readonly Item[], seed: string): Item[] {
  const mixed = items.toSorted((a, b) => hash(seed + a.id) - hash(seed + b.id));
  const isUnchanged = mixed.every((item, index) => item === items[index]);
  return isUnchanged ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
