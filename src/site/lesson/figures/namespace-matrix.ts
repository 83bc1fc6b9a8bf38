/** Lets the options of the table be switched, shows whose each cell is then, and says in a sentence what is shared with the host. */
class NamespaceMatrix extends HTMLElement {
  connectedCallback(): void {
    this.dataset['ready'] = '';
    this.addEventListener('change', () => this.#show());
    for (const row of this.#rows()) this.#showRow(row);
  }

  #show(): void {
    for (const row of this.#rows()) this.#showRow(row);
    const summary = this.querySelector<HTMLElement>('.summary');
    if (summary !== null) summary.textContent = this.#summary();
  }

  #showRow(row: HTMLElement): void {
    const isOn = isChecked(row);
    const state = (isOn ? row.dataset['becomes'] : row.dataset['begins']) ?? '';
    row.dataset['state'] = state;
    row.toggleAttribute('data-open', state === 'host' || state === 'hole' || (state === 'none' && isOn));
    const cell = row.querySelector('.cell');
    if (cell !== null) cell.textContent = this.dataset[state] ?? '';
  }

  #summary(): string {
    const names = this.#rows()
      .filter((row) => row.dataset['state'] === 'host' || row.dataset['state'] === 'hole')
      .map((row) => row.dataset['row']);
    const shared = (this.dataset['shared'] ?? '').replace('{names}', names.join(', '));
    if (this.#isOn('user') && ['pid', 'net', 'privileged'].some((id) => this.#isOn(id))) return `${shared} ${this.dataset['refused'] ?? ''}`;
    if (!this.#isOn('privileged')) return shared;
    return `${shared} ${(this.#isOn('pid') ? this.dataset['enter'] : this.dataset['lonePrivileged']) ?? ''}`;
  }

  #isOn(id: string): boolean {
    return this.#rows().some((row) => row.dataset['row'] === id && isChecked(row));
  }

  #rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-row]')];
  }
}
customElements.define('namespace-matrix', NamespaceMatrix);

function isChecked(row: HTMLElement): boolean {
  return row.querySelector('input')?.checked ?? false;
}
