import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { Language } from '#lab';
import { mayPaste } from './paste.ts';
import { TerminalConnection } from './terminal-connection.ts';
import type { TerminalStatus } from './terminal-connection.ts';
import { defaultFontSize, terminalSettings } from './terminal-settings.ts';
import { terminalTheme } from './terminal-theme.ts';
import { withConstructedStyles } from './style-without-inline.ts';
import { say } from './texts.ts';
import { typeLines } from './typed-lines.ts';

interface TerminalListener {
  onStatus(status: TerminalStatus): void;
  /** Typed input that found no room while the line was down. */
  onRefusedInput(): void;
  onSearch(): void;
  onLeave(): void;
  onCopied(): void;
  onSearchResult(index: number, count: number): void;
}

const fitDelayMs = 60;
const scrollbackLines = 10_000;
const fullReset = '\u001Bc';
const encoder = new TextEncoder();

/** One terminal on the page: xterm with its line to the shell. */
export class TerminalView {
  readonly #container: HTMLElement;
  readonly #language: Language;
  readonly #listener: TerminalListener;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #connection: TerminalConnection;
  readonly #disposal = new AbortController();
  readonly #observers: { disconnect(): void }[];
  #typing = new AbortController();
  #outputCount = 0;
  #hasExited = false;

  constructor(container: HTMLElement, options: { url: string; language: Language; label: string }, listener: TerminalListener) {
    this.#container = container;
    this.#language = options.language;
    this.#listener = listener;
    this.#terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: getComputedStyle(container).fontFamily,
      fontSize: terminalSettings.fontSize,
      lineHeight: 1.15,
      macOptionIsMeta: true,
      minimumContrastRatio: 4.5,
      screenReaderMode: terminalSettings.screenReaderMode,
      scrollback: scrollbackLines,
      theme: terminalTheme(container),
    });
    for (const addon of [this.#fit, this.#search, new WebLinksAddon()]) this.#terminal.loadAddon(addon);
    withConstructedStyles(() => this.#terminal.open(container));
    this.#terminal.textarea?.setAttribute('aria-label', options.label);
    this.#fit.fit();
    this.#connection = new TerminalConnection(
      options.url,
      {
        size: () => ({ columns: this.#terminal.cols, rows: this.#terminal.rows }),
        write: (data, drawn) => {
          this.#outputCount += data.length;
          this.#terminal.write(data, drawn);
        },
        skip: (bytes) => this.#note(say(options.language, 'skipped', { n: Math.ceil(bytes / 1024) })),
        clear: () => this.#terminal.write(fullReset),
      },
      (status) => this.#show(status),
    );
    this.#listen();
    this.#observers = [this.#followSize(), this.#followTheme()];
    this.#connection.connect();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Types lines as if by hand; false when they could not all be typed. */
  async run(lines: readonly string[]): Promise<boolean> {
    this.#typing.abort();
    this.#typing = new AbortController();
    this.#terminal.scrollToBottom();
    return typeLines(
      lines,
      { type: (text) => this.#send(encoder.encode(text)), outputCount: () => this.#outputCount, isAtPrompt: () => this.#isAtPrompt() },
      this.#typing.signal,
    );
  }

  /** Presses a key that on-screen keyboards lack. */
  press(sequence: string): void {
    const isArrow = /\[[A-D]$/.test(sequence);
    this.#terminal.input(isArrow && this.#terminal.modes.applicationCursorKeysMode ? sequence.replace('[', 'O') : sequence);
    this.focus();
  }

  async copy(): Promise<void> {
    if (!this.#terminal.hasSelection()) return;
    try {
      await navigator.clipboard.writeText(this.#terminal.getSelection());
    } catch {
      // Without a secure context only the old way works: xterm answers the copy event with its selection.
      this.focus();
      document.execCommand('copy');
    }
    this.#listener.onCopied();
  }

  async paste(text: string): Promise<void> {
    if (text !== '' && (await mayPaste(text, this.#language))) this.#terminal.paste(text);
    this.focus();
  }

  selectAll(): void {
    this.#terminal.selectAll();
  }

  clear(): void {
    this.#terminal.clear();
    this.focus();
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  find(term: string, direction: 'next' | 'previous', incremental = false): void {
    const style = getComputedStyle(this.#container);
    const colour = (name: string) => style.getPropertyValue(`--terminal-${name}`).trim();
    const decorations = {
      matchBackground: colour('match'),
      matchOverviewRuler: colour('match'),
      activeMatchBackground: colour('match-active'),
      activeMatchColorOverviewRuler: colour('match-active'),
    };
    if (direction === 'next') this.#search.findNext(term, { decorations, incremental });
    else this.#search.findPrevious(term, { decorations });
  }

  stopSearch(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
    this.focus();
  }

  discardUnsent(): void {
    this.#connection.discardUnsent();
  }

  dispose(): void {
    this.#typing.abort();
    this.#disposal.abort();
    for (const observer of this.#observers) observer.disconnect();
    this.#connection.dispose();
    this.#terminal.dispose();
  }

  #listen(): void {
    const { signal } = this.#disposal;
    this.#terminal.onData((text) => {
      if (this.#connection.isReplaying && isReport(text)) return;
      this.#send(encoder.encode(text));
    });
    this.#terminal.onKey(() => this.#typing.abort());
    this.#terminal.onBinary((bytes) => this.#send(Uint8Array.from(bytes, (character) => character.charCodeAt(0))));
    this.#terminal.onResize(({ cols, rows }) => this.#connection.resize(cols, rows));
    this.#terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) => this.#listener.onSearchResult(resultIndex, resultCount));
    // Before xterm sees it, whichever way it was pasted: keys, menu of the browser, middle mouse button.
    const onPaste = (event: ClipboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      void this.paste(event.clipboardData?.getData('text/plain') ?? '');
    };
    this.#container.addEventListener('paste', onPaste, { capture: true, signal });
    terminalSettings.addEventListener(
      'change',
      () => {
        this.#terminal.options.fontSize = terminalSettings.fontSize;
        this.#terminal.options.screenReaderMode = terminalSettings.screenReaderMode;
        this.#fit.fit();
      },
      { signal },
    );
    addEventListener('online', () => this.#connection.connect(), { signal });
  }

  /** Keys of the page, not of the shell. Ctrl+C stays with the shell. False: xterm leaves the key alone. */
  #onKey(event: KeyboardEvent): boolean {
    const isModified = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey;
    const action = {
      F6: () => this.#listener.onLeave(),
      'mod+C': () => void this.copy(),
      'mod+F': () => this.#listener.onSearch(),
      'ctrl++': () => (terminalSettings.fontSize += 1),
      'ctrl+=': () => (terminalSettings.fontSize += 1),
      'ctrl+-': () => (terminalSettings.fontSize -= 1),
      'ctrl+0': () => (terminalSettings.fontSize = defaultFontSize),
    }[keyName(event)];
    if (action) {
      event.preventDefault();
      if (event.type === 'keydown') action();
      return false;
    }
    // Left to the browser, which answers with a paste event.
    return !(isModified && event.key.toUpperCase() === 'V');
  }

  #show(status: TerminalStatus): void {
    if (status.state === 'exited' && !this.#hasExited) this.#note(say(this.#language, 'shellEnded', { n: status.exitStatus ?? 0 }));
    this.#hasExited = status.state === 'exited';
    this.#listener.onStatus(status);
  }

  /** A line of the page's own between the shell's output. */
  #note(text: string): void {
    this.#terminal.write(`\r\n\u001B[0;2m[${text}]\u001B[0m\r\n`);
  }

  #send(data: Uint8Array): boolean {
    const isTaken = this.#connection.send(data);
    if (!isTaken) this.#listener.onRefusedInput();
    return isTaken;
  }

  #isAtPrompt(): boolean {
    const { active } = this.#terminal.buffer;
    const line = active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX) ?? '';
    return /[#$>] ?$/.test(line);
  }

  #followSize(): ResizeObserver {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      // A hidden terminal has no size; it keeps the one it had.
      timer = setTimeout(() => {
        if (this.#container.offsetWidth > 0 && !this.#disposal.signal.aborted) this.#fit.fit();
      }, fitDelayMs);
    });
    observer.observe(this.#container);
    return observer;
  }

  #followTheme(): MutationObserver {
    const observer = new MutationObserver(() => {
      this.#terminal.options.theme = terminalTheme(this.#container);
    });
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return observer;
  }
}

function keyName({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): string {
  if (altKey || metaKey) return '';
  if (ctrlKey && shiftKey && /^[a-z]$/i.test(key)) return `mod+${key.toUpperCase()}`;
  return ctrlKey ? `ctrl+${key}` : key;
}

/** Does the terminal itself answer a question of a program here (its kind, cursor position, colours)? */
function isReport(text: string): boolean {
  return text.startsWith('\u001B') && /^(\[[?>]?[\d;]*(c|n|R|\$y)|[\]P])/.test(text.slice(1));
}
