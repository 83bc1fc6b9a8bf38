import { labPage, runInTerminal } from './lab-page.ts';
import { say } from './texts.ts';

/** Gives every code block of the page that its author marked as runnable a button that types it into its terminal. */
export function offerRunnableBlocks(): void {
  const { session, language } = labPage;
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-run]')].map((block) => addButton(block));
  const render = (): void => {
    const isReady = session.situation.phase === 'ready';
    for (const button of buttons) {
      // Not `disabled`: the reason must be reachable by keyboard and screen reader too.
      button.ariaDisabled = String(!isReady);
      button.title = say(language, isReady ? 'runBlock' : 'runNeedsSession');
    }
  };
  session.addEventListener('change', render);
  render();
}

function addButton(block: HTMLElement): HTMLButtonElement {
  const terminal = block.dataset['run'] === 'attacker' ? 'attacker' : 'dockerhost';
  const { language } = labPage;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'lab-button run-block';
  button.textContent = say(language, 'runOn', { terminal: say(language, terminal) });
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') runInTerminal(terminal, codeOf(block));
  });
  (block.closest('figure') ?? block).append(button);
  return button;
}

/** The block's text as its author wrote it, one line each. */
function codeOf(block: HTMLElement): string {
  const lines = [...block.querySelectorAll('.ec-line .code')].map((line) => (line.textContent ?? '').replace(/\n$/, ''));
  return lines.join('\n').trimEnd();
}
