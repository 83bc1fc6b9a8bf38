import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { terminalOn, type Terminal } from './terminal.ts';

export type TaskState = 'open' | 'passed' | 'regressed' | 'inconclusive';

export interface LabPage {
  readonly dockerHost: Terminal;
  readonly attacker: Terminal;
  /** Presses "start" and waits for a prompt on the Docker host. */
  start(): Promise<void>;
  /** The part of the page that stands for `phase` while no terminal is there. */
  situation(phase: string): Locator;
  task(id: string): Locator;
  taskStates(): Promise<Record<string, TaskState>>;
  /** Waits until the tasks are in these states. */
  seesTasks(states: Record<string, TaskState>, timeoutMs?: number): Promise<void>;
  attackState(): Promise<string | null>;
  sessionId(): Promise<string>;
}

/** The page of a lab, opened in `page`. */
export function labPageOn(page: Page): LabPage {
  const dockerHost = terminalOn(page, 'dockerhost');
  const labPage: LabPage = {
    dockerHost,
    attacker: terminalOn(page, 'attacker'),
    async start() {
      await page.locator('lab-situation [data-start]:visible').click();
      await dockerHost.sees(/root@dockerhost:.*# ?$/m, 60_000);
    },
    situation: (phase) => page.locator(`lab-situation [data-when~="${phase}"]`),
    task: (id) => page.locator(`lab-tasks [data-task="${id}"]`),
    async taskStates() {
      const items = await page.locator('lab-tasks [data-task]').all();
      return Object.fromEntries(await Promise.all(items.map(async (item) => [await item.getAttribute('data-task'), await item.getAttribute('data-state')])));
    },
    async seesTasks(states, timeoutMs = 45_000) {
      await expect.poll(() => labPage.taskStates(), { timeout: timeoutMs, interval: 100 }).toMatchObject(states);
    },
    attackState: () => page.locator('lab-attack').getAttribute('data-state'),
    async sessionId() {
      const lab = await page.locator('lab-workspace').getAttribute('data-lab');
      const { sessions } = (await (await page.request.get('/api/sessions')).json()) as { sessions: { id: string; lab: string }[] };
      const own = sessions.find((session) => session.lab === lab);
      if (!own) throw new Error(`Lab ${lab} is not running for this learner`);
      return own.id;
    },
  };
  return labPage;
}
