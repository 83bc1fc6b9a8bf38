import type { SessionEvent } from '#protocol/api.ts';
import type { CheckResult, TaskVerdict } from '#protocol/verdict.ts';
import { Refusal, Unreachable } from './api-client.ts';
import { part } from './ask.ts';
import { inlineCodeHtml } from '../inline-code.ts';
import { labPage } from './lab-page.ts';
import { isSolved, taskChanges, taskView } from './task-view.ts';
import type { TaskChange } from './task-view.ts';
import { say } from './texts.ts';

const { session, language } = labPage;

/** Nobody needs to see the seconds of a check that is over so soon. */
const quickSeconds = 3;

/** The element `<lab-tasks>`: shows what the checks say about each task, as it comes in, and asks for a check on request. */
export class LabTasks extends HTMLElement {
  #result: CheckResult | undefined;
  /** `performance.now()` when the running check began, as far as this page knows. */
  #checkingSince: number | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #sessionId: string | undefined;

  connectedCallback(): void {
    session.addEventListener('change', () => this.#follow());
    session.addEventListener('session-event', (event) => this.#receive((event as CustomEvent<SessionEvent>).detail));
    part(this, '[data-check]').addEventListener('click', () => void this.#check());
    this.#follow();
  }

  #follow(): void {
    const current = session.session;
    if (current && current.id !== this.#sessionId) {
      this.#sessionId = current.id;
      this.#result = undefined;
      this.#render(undefined);
    }
    if (current?.lastCheck) this.#show(current.lastCheck);
    else if (current?.state === 'starting') this.#render(undefined);
    this.#setChecking(this.#checkingSince !== undefined && session.situation.phase === 'ready');
  }

  #receive(event: SessionEvent): void {
    if (event.type === 'checked') this.#show(event.result);
    if (event.type === 'checking') this.#setChecking(true);
    else if (event.type === 'checked' || event.type === 'error') this.#setChecking(false);
  }

  async #check(): Promise<void> {
    this.#setChecking(true);
    try {
      this.#show(await session.post<CheckResult>('check'));
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
      const detail = error instanceof Refusal ? error.text[language] : say(language, 'noAnswer');
      document.dispatchEvent(new CustomEvent('lab-problem', { detail }));
    } finally {
      this.#setChecking(false);
    }
  }

  /** A check may restart Docker or scan an image: the seconds show that it goes on. */
  #setChecking(isChecking: boolean): void {
    clearInterval(this.#clock);
    this.#checkingSince = isChecking ? (this.#checkingSince ?? performance.now()) : undefined;
    if (isChecking) this.#clock = setInterval(() => this.#renderButton(), 1000);
    this.#renderButton();
  }

  #show(result: CheckResult): void {
    if (this.#result && Date.parse(result.checkedAt) < Date.parse(this.#result.checkedAt)) return;
    const changes = taskChanges(this.#result, result, language);
    this.#result = result;
    this.#render(result);
    this.#announce(changes);
  }

  #render(result: CheckResult | undefined): void {
    for (const item of this.querySelectorAll<HTMLElement>('[data-task]')) {
      this.#renderTask(
        item,
        result?.tasks.find(({ id }) => id === item.dataset['task']),
      );
    }
    const bar = part<HTMLProgressElement>(this, '[data-progress]');
    bar.value = result?.passed ?? 0;
    part(this, '[data-progress-text]').textContent = say(language, 'progress', { n: result?.passed ?? 0, total: result?.total ?? bar.max });
    const solved = part(this, '[data-solved]');
    const isFirstTime = solved.hidden && isSolved(result);
    solved.hidden = !isSolved(result);
    if (isFirstTime) document.dispatchEvent(new Event('lab-solved'));
    part(this, '[data-checked]').textContent = result
      ? say(language, 'checkedAt', { time: new Date(result.checkedAt).toLocaleTimeString(language, { timeStyle: 'medium' }) })
      : say(language, 'neverChecked');
  }

  #renderTask(item: HTMLElement, verdict: TaskVerdict | undefined): void {
    const { state, message, evidence } = taskView(verdict, language);
    item.dataset['state'] = state;
    part(item, '[data-state-label]').textContent = say(language, state);
    const place = part(item, '[data-message]');
    place.innerHTML = inlineCodeHtml(message);
    place.hidden = message === '';
    part(item, '[data-evidence]').hidden = evidence.length === 0;
    part(item, '[data-evidence-list]').replaceChildren(
      ...evidence.map((fact) => {
        const line = document.createElement('li');
        line.textContent = fact;
        return line;
      }),
    );
  }

  #announce(changes: readonly TaskChange[]): void {
    const sentences = changes.map(({ id, to, message }) => {
      const title = part(this, `[data-task="${id}"] [data-title]`).textContent ?? id;
      if (to === 'passed') return say(language, 'nowPassed', { title });
      return to === 'regressed' ? say(language, 'nowRegressed', { title, message }) : say(language, 'nowOther', { title, state: say(language, to), message });
    });
    if (isSolved(this.#result) && changes.some(({ to }) => to === 'passed')) sentences.push(say(language, 'allDone'));
    if (sentences.length > 0) part(this, '[data-announce]').textContent = sentences.join(' ').replaceAll('`', '');
    // The rest of the page shows progress too.
    if (changes.length > 0) dispatchEvent(new Event('schott:progress'));
    for (const { id } of changes) flash(part(this, `[data-task="${id}"]`));
  }

  #renderButton(): void {
    const button = part<HTMLButtonElement>(this, '[data-check]');
    const since = this.#checkingSince;
    button.disabled = since !== undefined || session.situation.phase !== 'ready';
    part(this, '[data-spinner]').hidden = since === undefined;
    part(this, '[data-check-label]').textContent = since === undefined ? say(language, 'check') : checkingFor(performance.now() - since);
  }
}

function checkingFor(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  return seconds < quickSeconds ? say(language, 'checking') : say(language, 'checkingFor', { n: seconds });
}

function flash(item: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  item.animate([{ backgroundColor: 'var(--changed)' }, { backgroundColor: 'transparent' }], { duration: 1600, easing: 'ease-out' });
}
