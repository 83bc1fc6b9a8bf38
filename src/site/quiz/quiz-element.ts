import type { Progress } from '#protocol/api.ts';
import { forgetProgress, loadProgress } from '../progress/learner.ts';
import { isRight, readAnswer, writeAnswer, type Key } from './grade.ts';
import { readForm, writeForm } from './quiz-form.ts';

/** Lets the questions of a page be answered, says why, and keeps the answers where a server is there. */
class SchottQuiz extends HTMLElement {
  #forms: HTMLFormElement[] = [];

  async connectedCallback(): Promise<void> {
    this.#forms = [...this.querySelectorAll<HTMLFormElement>('form[data-question]')];
    for (const form of this.#forms) this.#prepare(form);
    const progress = await loadProgress();
    const stored = progress?.quizzes[this.dataset['quiz'] ?? ''];
    if (stored !== undefined) this.#restore(stored);
  }

  #prepare(form: HTMLFormElement): void {
    const begun = readForm(form);
    const actions = form.querySelector<HTMLElement>('.actions');
    if (actions !== null) actions.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#answer(form);
    });
    form.addEventListener('reset', (event) => {
      // The browser would put back what the page came with, but not the order of the steps.
      event.preventDefault();
      writeForm(form, isOrder(form) ? begun : []);
      this.#clear(form);
      form.querySelector<HTMLElement>('input, select, [data-move]')?.focus();
      void this.#save();
    });
    form.addEventListener('change', () => this.#clear(form));
    for (const button of form.querySelectorAll<HTMLButtonElement>('[data-move]')) button.addEventListener('click', () => this.#move(form, button));
    showEnds(form);
  }

  #answer(form: HTMLFormElement): void {
    const answer = readForm(form);
    const selects = form.querySelectorAll('select').length;
    if (answer.length === 0 || answer.length < selects) {
      say(form, this.dataset[selects > 0 ? 'incomplete' : 'empty'] ?? '');
      return;
    }
    this.#show(form, answer);
    void this.#save();
  }

  #show(form: HTMLFormElement, answer: readonly string[]): void {
    const right = isRight(keyOf(form), answer);
    form.dataset['outcome'] = right ? 'right' : 'wrong';
    for (const why of form.querySelectorAll<HTMLElement>('[data-why]')) why.hidden = false;
    for (const verdict of form.querySelectorAll<HTMLElement>('[data-pair-verdict]')) showPair(verdict);
    setAgain(form, true);
    say(form, this.dataset[right ? 'right' : 'wrong'] ?? '');
    this.#showScore();
  }

  #clear(form: HTMLFormElement): void {
    delete form.dataset['outcome'];
    for (const why of form.querySelectorAll<HTMLElement>('[data-why]')) why.hidden = true;
    setAgain(form, false);
    say(form, '');
    this.#showScore();
  }

  #move(form: HTMLFormElement, button: HTMLButtonElement): void {
    const step = button.closest<HTMLElement>('[data-step]');
    const isUp = button.dataset['move'] === '-1';
    const other = isUp ? step?.previousElementSibling : step?.nextElementSibling;
    if (!step || !other) return;
    if (isUp) other.before(step);
    else other.after(step);
    this.#clear(form);
    showEnds(form);
    // At the end of the list the button is disabled and would lose the focus.
    (button.disabled ? step.querySelector<HTMLButtonElement>('[data-move]:not(:disabled)') : button)?.focus();
    const place = [...(step.parentElement?.children ?? [])].indexOf(step) + 1;
    const status = form.querySelector<HTMLElement>('[data-moved-status]');
    if (status !== null) status.textContent = (this.dataset['moved'] ?? '').replace('{step}', step.dataset['name'] ?? '').replace('{place}', String(place));
  }

  #showScore(): void {
    const score = this.querySelector<HTMLElement>('[data-total]');
    const outcomes = this.#forms.map((form) => form.dataset['outcome']);
    if (score === null) return;
    score.hidden = outcomes.every((outcome) => outcome === undefined);
    const right = outcomes.filter((outcome) => outcome === 'right').length;
    score.textContent = (this.dataset['score'] ?? '').replace('{right}', String(right)).replace('{all}', String(outcomes.length));
  }

  /** Answers are kept as `question:answer`, so that a question may move or go without spoiling the others. */
  #restore({ answers }: Progress['quizzes'][string]): void {
    for (const form of this.#forms) {
      const prefix = `${form.dataset['question']}:`;
      const stored = answers.find((answer) => answer.startsWith(prefix));
      if (stored === undefined) continue;
      const answer = readAnswer(stored.slice(prefix.length));
      if (!writeForm(form, answer)) continue;
      showEnds(form);
      this.#show(form, answer);
    }
  }

  async #save(): Promise<void> {
    const answered = this.#forms.filter((form) => form.dataset['outcome'] !== undefined);
    const answers = answered.map((form) => `${form.dataset['question']}:${writeAnswer(readForm(form))}`);
    await fetch('/api/progress/quiz', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ quiz: this.dataset['quiz'], answers }),
      keepalive: true,
    }).catch(() => undefined);
    forgetProgress();
  }
}
customElements.define('schott-quiz', SchottQuiz);

function keyOf(form: HTMLFormElement): Key {
  return JSON.parse(form.dataset['key'] ?? '') as Key;
}

function isOrder(form: HTMLFormElement): boolean {
  return form.querySelector('[data-steps]') !== null;
}

function say(form: HTMLFormElement, text: string): void {
  const outcome = form.querySelector<HTMLElement>('[data-outcome]');
  if (outcome === null) return;
  outcome.textContent = text;
  outcome.hidden = text === '';
}

function setAgain(form: HTMLFormElement, isAnswered: boolean): void {
  const again = form.querySelector<HTMLElement>('button[type="reset"]');
  if (again !== null) again.hidden = !isAnswered;
}

function showPair(verdict: HTMLElement): void {
  const select = verdict.closest('li')?.querySelector('select');
  const right = select !== null && select !== undefined && select.value === select.dataset['left'];
  verdict.dataset['right'] = String(right);
  verdict.textContent = `${verdict.dataset[right ? 'yes' : 'no']}:`;
}

function showEnds(form: HTMLFormElement): void {
  const steps = [...form.querySelectorAll<HTMLElement>('[data-step]')];
  for (const [index, step] of steps.entries()) {
    for (const button of step.querySelectorAll<HTMLButtonElement>('[data-move]'))
      button.disabled = button.dataset['move'] === '-1' ? index === 0 : index === steps.length - 1;
  }
}
