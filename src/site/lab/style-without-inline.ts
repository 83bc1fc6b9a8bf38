/**
 * The content security policy of the site lets no inline style count, and xterm writes some: rules into <style> elements, colours into style attributes.
 * Both get the way that the policy leaves to a page's own scripts: a constructed style sheet, and the `style` object of the element.
 */

/** Runs `open`, which may make <style> elements: their text becomes a style sheet of the document as long as they are in it. */
export function withConstructedStyles<T>(open: () => T): T {
  const createElement: (name: string, options?: ElementCreationOptions) => HTMLElement = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) =>
    name === 'style' ? createElement('constructed-style') : createElement(name, options);
  try {
    return open();
  } finally {
    // The document's own property hides the one of all documents.
    Reflect.deleteProperty(document, 'createElement');
  }
}

class ConstructedStyle extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();

  override set textContent(rules: string) {
    this.#sheet.replaceSync(rules);
  }

  connectedCallback(): void {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  disconnectedCallback(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }
}
customElements.define('constructed-style', ConstructedStyle);

/** xterm's cells are spans, drawn by the thousand: no other element has to ask itself this question. */
HTMLSpanElement.prototype.setAttribute = function setAttribute(name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else HTMLElement.prototype.setAttribute.call(this, name, value);
};
