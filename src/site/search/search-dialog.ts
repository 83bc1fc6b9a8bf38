import { loadPagefind, search } from './pagefind.ts';
import type { Finding } from './pagefind.ts';

/** The search button and its dialog. Ctrl+K opens it, except in a terminal, where the shell needs that key. */
class SchottSearch extends HTMLElement {
  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('.open');
    const input = this.querySelector('input');
    if (!open || !input) return;
    open.hidden = false;
    open.addEventListener('click', () => this.#open());
    input.addEventListener('input', () => void this.#search(input.value.trim()));
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog || (event.target instanceof Element && event.target.closest('.results a'))) this.#dialog.close();
    });
    this.#dialog.addEventListener('keydown', (event) => this.#moveFocus(event));
    // Enter in the field goes to the first result instead of closing the dialog.
    this.querySelector('form')?.addEventListener('submit', (event) => {
      const first = this.querySelector<HTMLAnchorElement>('.results a');
      if (event.submitter?.matches(':focus') || first === null) return;
      event.preventDefault();
      first.click();
    });
    addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'k') return;
      if (event.target instanceof Element && event.target.closest('.xterm')) return;
      event.preventDefault();
      if (this.#dialog.open) this.#dialog.close();
      else this.#open();
    });
  }

  get #dialog(): HTMLDialogElement {
    const dialog = this.querySelector('dialog');
    if (dialog === null) throw new Error('Cannot search: the page has no search dialog');
    return dialog;
  }

  #open(): void {
    this.#dialog.showModal();
    loadPagefind().catch(() => this.#say(this.dataset['failed'] ?? ''));
  }

  async #search(query: string): Promise<void> {
    if (query === '') return this.#show([], '');
    try {
      const findings = await search(query);
      if (findings === undefined) return;
      const template = this.dataset[findings.length === 0 ? 'none' : 'some'] ?? '';
      this.#show(
        findings,
        template.replace('{count}', String(findings.length)).replace('{query}', () => query),
      );
    } catch {
      this.#show([], this.dataset['failed'] ?? '');
    }
  }

  #show(findings: readonly Finding[], state: string): void {
    this.#say(state);
    this.querySelector('.results')?.replaceChildren(...findings.map(resultItem));
  }

  #say(state: string): void {
    const place = this.querySelector('.state');
    if (place !== null) place.textContent = state;
  }

  #moveFocus(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const stops = [...this.querySelectorAll<HTMLElement>('input, .results a')];
    const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }
}
customElements.define('schott-search', SchottSearch);

function resultItem({ url, title, excerpt }: Finding): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const heading = document.createElement('strong');
  const text = document.createElement('span');
  link.href = url;
  heading.textContent = title;
  text.innerHTML = excerpt;
  link.append(heading, text);
  item.append(link);
  return item;
}
