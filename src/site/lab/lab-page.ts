import type { Language } from '#lab';
import { LabSession } from './lab-session.ts';

/** The one lab of this page. Every region of the workspace reads it and reacts to its events. */
export const labPage = openLabPage();

/** Asks the terminals to type `code`, line by line, into `terminal`. */
export function runInTerminal(terminal: string, code: string): void {
  document.dispatchEvent(new CustomEvent<RunRequest>('lab-run', { detail: { terminal, lines: code.split('\n') } }));
}

export interface RunRequest {
  readonly terminal: string;
  readonly lines: readonly string[];
}

function openLabPage(): { session: LabSession; language: Language } {
  const workspace = document.querySelector<HTMLElement>('lab-workspace');
  if (!workspace) throw new Error('Cannot open the lab: there is no <lab-workspace> on this page');
  return { session: new LabSession(workspace.dataset['lab'] ?? ''), language: workspace.dataset['language'] === 'de' ? 'de' : 'en' };
}
