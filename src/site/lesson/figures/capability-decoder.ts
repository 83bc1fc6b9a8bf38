import { readMask } from './capability-mask.ts';

/** Shows the rows of those capabilities whose bit is set in the mask somebody typed or picked. */
class CapabilityDecoder extends HTMLElement {
  connectedCallback(): void {
    this.dataset['ready'] = '';
    const input = this.querySelector('input');
    if (input === null) return;
    input.addEventListener('input', () => this.#show(input));
    this.addEventListener('click', (event) => {
      const mask = event.target instanceof HTMLButtonElement ? event.target.dataset['mask'] : undefined;
      if (mask === undefined) return;
      input.value = mask;
      this.#show(input);
    });
    this.#show(input);
  }

  #show(input: HTMLInputElement): void {
    const bits = readMask(input.value);
    input.toggleAttribute('aria-invalid', bits === undefined);
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-mask]')) {
      button.setAttribute('aria-pressed', String(bits !== undefined && readMask(button.dataset['mask'] ?? '') === bits));
    }
    if (bits === undefined) return this.#say(this.dataset['invalid'] ?? '');
    const rows = [...this.querySelectorAll<HTMLElement>('[data-bit]')];
    for (const row of rows) row.hidden = ((bits >> BigInt(row.dataset['bit'] ?? '0')) & 1n) === 0n;
    const shown = rows.filter((row) => !row.hidden);
    const dangerous = shown.filter((row) => 'host' in row.dataset).length;
    this.querySelector<HTMLElement>('table')?.toggleAttribute('hidden', shown.length === 0);
    this.#say((this.dataset['count'] ?? '').replace('{count}', String(shown.length)).replace('{host}', String(dangerous)));
  }

  #say(text: string): void {
    const summary = this.querySelector('.summary');
    if (summary !== null) summary.textContent = text;
  }
}
customElements.define('capability-decoder', CapabilityDecoder);
