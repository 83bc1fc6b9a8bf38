/** The answer that stands in a question's form: chosen ids, ids of the steps in order, or pairs `left=right`. */
export function readForm(form: HTMLFormElement): string[] {
  const steps = [...form.querySelectorAll<HTMLElement>('[data-step]')];
  if (steps.length > 0) return steps.map((step) => step.dataset['step'] ?? '');
  const selects = [...form.querySelectorAll('select')];
  if (selects.length > 0) return selects.flatMap((select) => (select.value === '' ? [] : [`${select.dataset['left']}=${select.value}`]));
  return [...form.querySelectorAll('input')].filter((input) => input.checked).map((input) => input.value);
}

/** Puts an answer into the form. False, and nothing changed, when it does not fit, e.g. because the question was rewritten since. */
export function writeForm(form: HTMLFormElement, answer: readonly string[]): boolean {
  const steps = new Map([...form.querySelectorAll<HTMLElement>('[data-step]')].map((step) => [step.dataset['step'] ?? '', step]));
  if (steps.size > 0) return writeOrder(steps, answer);
  const selects = [...form.querySelectorAll('select')];
  const chosen = new Map(answer.map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));
  const inputs = [...form.querySelectorAll('input')];
  const known = new Set(selects.length > 0 ? selects.map((select) => select.dataset['left'] ?? '') : inputs.map((input) => input.value));
  if (![...chosen.keys()].every((id) => known.has(id))) return false;
  for (const select of selects) select.value = chosen.get(select.dataset['left'] ?? '') ?? '';
  for (const input of inputs) input.checked = answer.includes(input.value);
  return true;
}

function writeOrder(steps: ReadonlyMap<string, HTMLElement>, answer: readonly string[]): boolean {
  if (answer.length !== steps.size || !answer.every((id) => steps.has(id))) return false;
  for (const id of answer) {
    const step = steps.get(id);
    step?.parentElement?.append(step);
  }
  return true;
}
