import type { Locator, Page } from 'playwright-core';
import { vi } from 'vitest';

export interface Terminal {
  readonly element: Locator;
  /** Brings it to the front, with the keyboard in it. */
  show(): Promise<void>;
  /** Types a line and presses Enter. */
  type(line: string): Promise<void>;
  /** What can be seen now, without trailing blanks. */
  screen(): Promise<string>;
  /** Waits until the screen matches, and returns the match. */
  sees(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Screen and scrollback, as "select all" and "copy" give them. */
  everything(): Promise<string>;
  /** Number of the shell's process. */
  shell(): Promise<number>;
}

/** One of the lab page's two terminals. */
export function terminalOn(page: Page, name: 'dockerhost' | 'attacker'): Terminal {
  const element = page.locator(`#lab-terminal-${name}`);
  let questions = 0;
  const terminal: Terminal = {
    element,
    async show() {
      await page.locator(`#lab-tab-${name}`).click();
      await element.locator('.xterm-screen').click();
    },
    async type(line) {
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
    },
    async screen() {
      const rows = await element.locator('.xterm-rows > div').allTextContents();
      return rows
        .map((row) => row.replaceAll('\u00A0', ' ').trimEnd())
        .join('\n')
        .trimEnd();
    },
    sees(pattern, timeoutMs = 20_000) {
      const look = async (): Promise<RegExpExecArray> => {
        const screen = await terminal.screen();
        const match = pattern.exec(screen);
        if (!match) throw new Error(`The ${name}'s terminal does not show ${pattern}, but:\n${screen}`);
        return match;
      };
      return vi.waitFor(look, { timeout: timeoutMs, interval: 50 });
    },
    async everything() {
      await element.locator('.xterm-screen').click({ button: 'right' });
      await page.locator('[data-action="select-all"]').click();
      await page.keyboard.press('Control+Shift+C');
      await page
        .locator('lab-terminals [data-said]')
        .getByText(/Kopiert|Copied/)
        .waitFor();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      await element.locator('.xterm-screen').click();
      return text;
    },
    async shell() {
      questions += 1;
      const mark = `shell-${Date.now().toString(36)}-${questions}`;
      await terminal.type(`echo ${mark} $$`);
      return Number((await terminal.sees(new RegExp(`^${mark} (\\d+)$`, 'm')))[1]);
    },
  };
  return terminal;
}
