import type { LabList, Progress } from '#protocol/api.ts';

let progress: Promise<Progress | undefined> | undefined;
let labs: Promise<LabList | undefined> | undefined;

/** The learner's progress; undefined when there is no server behind the pages (static hosting). */
export function loadProgress(): Promise<Progress | undefined> {
  return (progress ??= load<Progress>('/api/progress', 'lastPlace'));
}

/** The labs and whether they can be started here; undefined when there is no server. */
export function loadLabs(): Promise<LabList | undefined> {
  return (labs ??= load<LabList>('/api/labs', 'labs'));
}

/** Asks the server again next time. */
export function forgetProgress(): void {
  progress = undefined;
  labs = undefined;
}

/** Remembers the page as the learner's last place. */
export async function savePlace(path: string): Promise<void> {
  await fetch('/api/progress/place', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path }),
    keepalive: true,
  }).catch(() => undefined);
}

/** A static host may answer anything with a page, so the answer must be JSON and hold `key`. */
async function load<T extends object>(url: string, key: keyof T): Promise<T | undefined> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    if (!response.ok) return undefined;
    const body: T = await response.json();
    return key in body ? body : undefined;
  } catch {
    return undefined;
  }
}
