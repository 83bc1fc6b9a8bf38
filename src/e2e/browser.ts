import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const program = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Learner extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** A learner with a browser of their own at `url`: a new profile, so nobody the server knows. Their sandboxes end with them. */
export async function openBrowser(url: string, options: BrowserContextOptions = {}): Promise<Learner> {
  const browser = await chromium.launch({ executablePath: program, args: flags });
  const context = await browser.newContext({
    baseURL: url,
    locale: 'de-DE',
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return {
    page,
    context,
    async [Symbol.asyncDispose]() {
      await endSessions(context);
      await browser.close();
    },
  };
}

async function endSessions({ request }: BrowserContext): Promise<void> {
  let answer = await request.get('/api/sessions');
  // Who has read through all pages in a few seconds is asked to wait.
  for (let tries = 0; answer.status() === 429 && tries < 5; tries++) {
    await sleep(1000 * Number(answer.headers()['retry-after'] ?? 1));
    answer = await request.get('/api/sessions');
  }
  const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
  for (const { id } of sessions) await request.delete(`/api/sessions/${id}`);
}
