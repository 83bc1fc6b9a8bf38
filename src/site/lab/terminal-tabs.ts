import { part } from './ask.ts';
import { socketUrl } from './api-client.ts';
import { labPage } from './lab-page.ts';
import type { RunRequest } from './lab-page.ts';
import type { TerminalStatus } from './terminal-connection.ts';
import { defaultFontSize, terminalSettings } from './terminal-settings.ts';
import type { TerminalView } from './terminal-view.ts';
import { say } from './texts.ts';

const { session, language } = labPage;
const saidForMs = 2500;

interface Search extends HTMLElement {
  open(term: string): void;
  showResult(index: number, count: number): void;
}
interface Menu extends HTMLElement {
  openAt(x: number, y: number): void;
}

/** The element `<lab-terminals>`: opens a terminal when its tab is first shown, and keeps it as long as the session lives. */
export class LabTerminals extends HTMLElement {
  #views = new Map<string, Promise<TerminalView>>();
  #open: TerminalView | undefined;
  #sessionId: string | undefined;
  #saidTimer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    session.addEventListener('change', () => void this.#follow());
    for (const tab of this.#tabs()) tab.addEventListener('click', () => void this.#select(nameOf(tab), true));
    part(this, '[role="tablist"]').addEventListener('keydown', (event) => this.#onTabKey(event));
    this.addEventListener('terminal-action', (event) => this.#act((event as CustomEvent<string>).detail));
    this.addEventListener('terminal-find', (event) => {
      const { detail } = event as CustomEvent<{ term: string; direction: 'next' | 'previous'; incremental: boolean }>;
      this.#open?.find(detail.term, detail.direction, detail.incremental);
    });
    this.addEventListener('terminal-find-end', () => this.#open?.stopSearch());
    this.addEventListener('contextmenu', (event) => this.#onContextMenu(event));
    for (const key of this.querySelectorAll<HTMLElement>('[data-key]')) {
      // The terminal keeps the focus, so that the on-screen keyboard stays open.
      key.addEventListener('pointerdown', (event) => event.preventDefault());
      key.addEventListener('click', () => this.#open?.press(key.dataset['key'] ?? ''));
    }
    part(this, '[data-full]').addEventListener('click', () => this.#toggleFull());
    document.addEventListener('lab-run', (event) => void this.#run((event as CustomEvent<RunRequest>).detail));
    addEventListener('beforeunload', (event) => this.#onBeforeUnload(event));
    void this.#follow();
  }

  async #follow(): Promise<void> {
    const { situation } = session;
    this.hidden = situation.phase !== 'ready';
    if (situation.phase !== 'ready') return this.#closeAll();
    if (situation.session.id !== this.#sessionId) await this.#closeAll();
    this.#sessionId = situation.session.id;
    // Whoever pressed "start" goes on typing; whoever is reading elsewhere is left alone.
    if (this.#views.size === 0) await this.#select(nameOf(this.#selectedTab()), document.activeElement === document.body);
  }

  async #closeAll(): Promise<void> {
    const views = [...this.#views.values()];
    this.#views.clear();
    this.#open = undefined;
    this.#sessionId = undefined;
    for (const view of views) (await view).dispose();
    for (const screen of this.querySelectorAll('[data-screen]')) screen.replaceChildren();
    for (const banner of this.querySelectorAll<HTMLElement>('[data-banner]')) banner.hidden = true;
  }

  async #select(name: string, takesFocus: boolean): Promise<TerminalView | undefined> {
    for (const tab of this.#tabs()) {
      tab.ariaSelected = String(nameOf(tab) === name);
      tab.tabIndex = nameOf(tab) === name ? 0 : -1;
      part(this, `[data-terminal="${nameOf(tab)}"]`).hidden = nameOf(tab) !== name;
    }
    const opened = this.#views.get(name) ?? this.#openTerminal(name);
    if (!opened) return undefined;
    this.#views.set(name, opened);
    const view = await opened;
    this.#open = view;
    if (takesFocus) view.focus();
    return view;
  }

  #openTerminal(name: string): Promise<TerminalView> | undefined {
    const index = session.session?.terminals.indexOf(name as 'dockerhost') ?? -1;
    if (index < 0 || session.situation.phase !== 'ready') return undefined;
    const panel = part(this, `[data-terminal="${name}"]`);
    const url = socketUrl(`/api/sessions/${session.session?.id}/terminals/${index}`);
    const label = `${say(language, name === 'attacker' ? 'attacker' : 'dockerhost')}. ${say(language, 'leaveHint')}`;
    // Loaded here, so that the text of a lab is there before the terminal's code.
    return import('./terminal-view.ts').then(({ TerminalView }) => {
      const view: TerminalView = new TerminalView(
        part(panel, '[data-screen]'),
        { url, language, label },
        {
          onStatus: (status) => this.#show(panel, status),
          onRefusedInput: () => this.#say(say(language, 'unsentFull')),
          onSearch: () => part<Search>(this, 'terminal-search').open(view.selection),
          onLeave: () => this.#selectedTab().focus(),
          onCopied: () => this.#say(say(language, 'copied')),
          onSearchResult: (found, count) => part<Search>(this, 'terminal-search').showResult(found, count),
        },
      );
      part(panel, '[data-discard]').addEventListener('click', () => view.discardUnsent());
      return view;
    });
  }

  async #run({ terminal, lines }: RunRequest): Promise<void> {
    const view = await this.#select(terminal, true);
    if (view && !(await view.run(lines))) this.#say(say(language, 'runGaveUp'));
  }

  #act(action: string): void {
    const view = this.#open;
    const actions: Record<string, () => void> = {
      copy: () => void view?.copy().then(() => view.focus()),
      paste: () => void this.#pasteFromClipboard(),
      'select-all': () => view?.selectAll(),
      search: () => part<Search>(this, 'terminal-search').open(view?.selection ?? ''),
      clear: () => view?.clear(),
      larger: () => (terminalSettings.fontSize += 1),
      smaller: () => (terminalSettings.fontSize -= 1),
      'font-reset': () => (terminalSettings.fontSize = defaultFontSize),
      'screen-reader': () => (terminalSettings.screenReaderMode = !terminalSettings.screenReaderMode),
    };
    actions[action]?.();
  }

  async #pasteFromClipboard(): Promise<void> {
    try {
      const text = await navigator.clipboard.readText();
      await this.#open?.paste(text);
    } catch {
      this.#say(say(language, 'pasteByKeys', { keys: navigator.platform.startsWith('Mac') ? '⌘V' : 'Ctrl+Shift+V' }));
      this.#open?.focus();
    }
  }

  #onContextMenu(event: MouseEvent): void {
    // With Shift the browser's own menu opens.
    if (event.shiftKey || !(event.target as Element).closest('[data-screen]')) return;
    event.preventDefault();
    part<Menu>(this, 'terminal-menu').openAt(event.clientX, event.clientY);
  }

  #onTabKey(event: KeyboardEvent): void {
    const tabs = this.#tabs();
    const current = tabs.indexOf(this.#selectedTab());
    const target = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key === 'ArrowDown' || event.key === 'F6') {
      event.preventDefault();
      this.#open?.focus();
    }
    const tab = target === undefined ? undefined : tabs.at(target % tabs.length);
    if (!tab) return;
    event.preventDefault();
    tab.focus();
    void this.#select(nameOf(tab), false);
  }

  #toggleFull(): void {
    const isFull = this.closest('lab-workspace')?.toggleAttribute('data-full-size') ?? false;
    part(this, '[data-full]').ariaPressed = String(isFull);
    this.#open?.focus();
  }

  /** Shell, scrollback and tasks live on at the server. Only what was typed and never sent would be lost. */
  #onBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.#unsentCount > 0) event.preventDefault();
  }

  get #unsentCount(): number {
    return [...this.querySelectorAll<HTMLElement>('[data-terminal]')].reduce((sum, panel) => sum + Number(panel.dataset['unsent'] ?? 0), 0);
  }

  #show(panel: HTMLElement, status: TerminalStatus): void {
    const text = bannerText(status);
    panel.dataset['unsent'] = String(status.unsentBytes);
    part(panel, '[data-banner-text]').textContent = text;
    part(panel, '[data-discard]').hidden = status.unsentBytes === 0;
    part(panel, '[data-banner]').hidden = text === '';
    if (status.state === 'exited') this.#say(say(language, 'shellEnded', { n: status.exitStatus ?? 0 }));
  }

  #say(text: string): void {
    const said = part(this, '[data-said]');
    said.textContent = text;
    clearTimeout(this.#saidTimer);
    this.#saidTimer = setTimeout(() => (said.textContent = ''), saidForMs + text.length * 50);
  }

  #tabs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="tab"]')];
  }

  #selectedTab(): HTMLElement {
    return part(this, '[role="tab"][aria-selected="true"]');
  }
}

function nameOf(tab: HTMLElement): string {
  return tab.dataset['tab'] ?? '';
}

function bannerText({ state, unsentBytes }: TerminalStatus): string {
  const messages: Record<TerminalStatus['state'], string> = {
    connecting: say(language, 'connecting'),
    attached: '',
    // When the whole page is cut off the bar at the top says so already.
    reconnecting: session.isLineUp ? say(language, 'lineDown') : '',
    waiting: say(language, 'unreachableShell'),
    exited: '',
    gone: say(language, 'shellGone'),
    over: say(language, 'shellOver'),
  };
  const unsent = unsentBytes > 0 ? say(language, 'unsent', { n: unsentBytes }) : '';
  return `${messages[state]} ${unsent}`.trim();
}
