interface Question {
  readonly title: string;
  readonly body: string;
  readonly accept: string;
  /** Shown as it is, monospaced. */
  readonly preview?: string;
  /** Label of a box to tick; its state comes back with the answer. */
  readonly remember?: string;
}

/** Opens the lab's dialog and waits for the answer. Escape and "cancel" mean no. */
export function ask(question: Question): Promise<{ accepted: boolean; remember: boolean }> {
  const dialog = part<HTMLDialogElement>(document, '.lab-question');
  const preview = part(dialog, '[data-preview]');
  const remember = part(dialog, '[data-remember]');
  const box = part<HTMLInputElement>(remember, 'input');
  part(dialog, '[data-title]').textContent = question.title;
  part(dialog, '[data-body]').textContent = question.body;
  part(dialog, '[data-accept]').textContent = question.accept;
  preview.hidden = question.preview === undefined;
  preview.textContent = question.preview ?? '';
  remember.hidden = question.remember === undefined;
  part(remember, 'span').textContent = question.remember ?? '';
  box.checked = false;
  dialog.returnValue = 'no';
  dialog.showModal();
  part<HTMLButtonElement>(dialog, '[data-accept]').focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve({ accepted: dialog.returnValue === 'yes', remember: box.checked }), { once: true });
  });
}

/** The element in `within` that matches; it belongs to the markup, so its absence is a mistake of ours. */
export function part<Found extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): Found {
  const found = within.querySelector<Found>(selector);
  if (!found) throw new Error(`Cannot find "${selector}" in the lab workspace`);
  return found;
}
