import type { Check, Lab } from '#lab';
import type { LabFolder } from '../keeper/lab-folders.ts';

const text = { de: 'Nur zum Testen', en: 'For tests only' };

const task = { title: text, points: 10, hints: [text] } as const;

/** The least that is a lab: nothing is baked, nothing set up. Its one task is judged by `check`. */
export function emptyLab(check: Check<Lab> = () => Promise.resolve(['nothing was looked at'])): LabFolder {
  const lab: Lab = {
    label: 'L1.1',
    title: text,
    summary: text,
    minutes: 1,
    difficulty: 1,
    needs: [],
    attack: { title: text, points: 10, hints: [text] },
    tasks: { only: task },
    messages: { 'not-done': text },
  };
  return { id: 'kernel/empty', folder: '/nonexistent', lab, checks: { only: check }, setupScript: '' };
}
