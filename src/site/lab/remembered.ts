/** A value kept in the browser. Where storage is switched off the default holds. */
export class Remembered<Value> {
  readonly #key: string;
  readonly #fallback: Value;
  readonly #kind: 'localStorage' | 'sessionStorage';

  /** `localStorage` keeps it for good, `sessionStorage` until the tab is closed. */
  constructor(key: string, fallback: Value, kind: 'localStorage' | 'sessionStorage' = 'localStorage') {
    this.#key = `schott_${key}`;
    this.#fallback = fallback;
    this.#kind = kind;
  }

  get(): Value {
    try {
      const stored = globalThis[this.#kind].getItem(this.#key);
      return stored === null ? this.#fallback : (JSON.parse(stored) as Value);
    } catch {
      return this.#fallback;
    }
  }

  set(value: Value): void {
    try {
      globalThis[this.#kind].setItem(this.#key, JSON.stringify(value));
    } catch {
      // Full or forbidden storage: the value holds until the page is left.
    }
  }
}
