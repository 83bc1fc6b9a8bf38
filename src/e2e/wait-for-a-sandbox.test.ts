import { afterAll, beforeAll, expect, test } from 'vitest';
import { session, type Session } from '#protocol/api.ts';
import { openBrowser } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn } from './lab-page.ts';

const lab = 'kernel/contain-the-agent';
const labPath = '/de/kernel/labs/contain-the-agent/';

/** A class may start on a slow machine; asking more often would meet the limit on requests. */
const patient = { timeout: 60_000, interval: 500 };

let course: Course;

beforeAll(async () => {
  course = await startCourse(['--warm', '0', '--capacity', '3']);
  await course.labsAreReady();
});
afterAll(() => course?.[Symbol.asyncDispose]());

test('of six learners three get a Docker host and three a place; whoever ends or gives up moves the others on', async () => {
  await using stack = new AsyncDisposableStack();
  const others = await arriveAll(5, stack);
  for (const other of others) await other.start();
  await expect.poll(() => statesOf(others), patient).toEqual(['ready', 'ready', 'ready', 'queued 1', 'queued 2']);
  const [first, , , fourth, fifth] = others;

  await using learner = await openBrowser(course.url);
  const { page } = learner;
  await page.goto(labPath);
  const { situation, dockerHost } = labPageOn(page);
  await page.locator('lab-situation [data-start]:visible').click();
  const queue = situation('queued');
  await queue.getByText('Du wartest auf Platz 3').waitFor({ timeout: patient.timeout });
  await queue.getByText('Alle 3 Docker-Hosts sind belegt.').waitFor();
  // What changes in there is spoken by a screen reader.
  expect(await page.locator('[role="status"]:has([data-when~="queued"])').count()).toBe(1);

  await fourth?.end();
  await queue.getByText('Du wartest auf Platz 2').waitFor();
  // A page that is opened again still has its place.
  await page.reload();
  await queue.getByText('Du wartest auf Platz 2').waitFor();
  // Who does not ask for a minute counts as gone, and is passed over.
  expect(await fifth?.state()).toBe('queued 1');
  await first?.end();
  await queue.getByText('Du bist als Nächstes dran').waitFor({ timeout: patient.timeout });
  await expect.poll(() => fifth?.state(), patient).toBe('ready');
  await fifth?.end();
  await dockerHost.sees(/root@dockerhost:.*# ?$/m, 60_000);
});

test('who stops waiting gives up the place and can start again', async () => {
  await using stack = new AsyncDisposableStack();
  const others = await arriveAll(4, stack);
  for (const other of others.slice(0, 3)) await other.start();
  await using learner = await openBrowser(course.url, { locale: 'en-GB' });
  const { page } = learner;
  await page.goto(labPath.replace('/de/', '/en/'));
  const { situation } = labPageOn(page);
  await page.locator('lab-situation [data-start]:visible').click();
  await situation('queued').getByText('You are next in the queue').waitFor({ timeout: patient.timeout });
  await others[3]?.start();
  expect(await others[3]?.state()).toBe('queued 2');
  await situation('queued').getByRole('button', { name: 'Stop waiting' }).click();
  await situation('startable').getByRole('button', { name: 'Start the lab' }).waitFor();
  await expect.poll(() => others[3]?.state(), patient).toBe('queued 1');
});

interface OtherLearner extends AsyncDisposable {
  start(): Promise<void>;
  /** `ready`, or `queued 2` with the place. */
  state(): Promise<string>;
  end(): Promise<void>;
}

async function arriveAll(count: number, stack: AsyncDisposableStack): Promise<OtherLearner[]> {
  const learners = await Promise.all(Array.from({ length: count }, () => arrive(course.url)));
  for (const learner of learners) stack.use(learner);
  return learners;
}

/** A learner without a screen, by the same interface. */
async function arrive(url: string): Promise<OtherLearner> {
  const cookie = (await fetch(`${url}/api/progress`)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  let own: Session | undefined;
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(url + path, { method, headers: { cookie, ...json }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  };
  const learner: OtherLearner = {
    async start() {
      own = session.parse(await (await ask('POST', '/api/sessions', { lab })).json());
    },
    async state() {
      const { state, queue } = session.parse(await (await ask('GET', `/api/sessions/${own?.id}`)).json());
      return queue === undefined ? state : `${state} ${queue.place}`;
    },
    async end() {
      if (own !== undefined) await ask('DELETE', `/api/sessions/${own.id}`);
    },
    [Symbol.asyncDispose]: () => learner.end(),
  };
  return learner;
}

function statesOf(learners: readonly OtherLearner[]): Promise<string[]> {
  return Promise.all(learners.map((learner) => learner.state()));
}
