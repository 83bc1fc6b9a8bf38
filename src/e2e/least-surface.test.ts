import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { openBrowser, type Learner } from './browser.ts';
import { startCourse, type Course } from './course.ts';
import { labPageOn } from './lab-page.ts';

let course: Course;
let learner: Learner;

beforeAll(async () => {
  course = await startCourse();
  await course.labsAreReady();
  learner = await openBrowser(course.url);
});

afterAll(async () => {
  await learner[Symbol.asyncDispose]();
  await course[Symbol.asyncDispose]();
});

/** Collects what the browser refuses because of the content security policy. */
function refusalsOn(page: Page): string[] {
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refusals.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  return refusals;
}

test('no page needs anything that the content security policy refuses, and what is foreign is refused', async () => {
  const { page } = learner;
  const refusals = refusalsOn(page);
  for (const path of ['/de/', '/en/kernel/', '/de/privilege/', '/en/conclusion/', '/de/nirgends/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
  }
  await page.goto('/de/kernel/');
  await page.locator('schott-search button.open').click();
  await page.locator('schott-search input').fill('Namespace');
  await page.locator('schott-search .results > li').first().waitFor();
  expect(refusals).toEqual([]);

  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.foreignRan = true';
    document.body.append(script);
    document.body.insertAdjacentHTML(
      'beforeend',
      '<p id="foreign" style="color: rgb(1, 2, 3)" onclick="globalThis.foreignRan = true">text</p><style>#foreign { width: 77px }</style>',
    );
    const paragraph = document.querySelector<HTMLElement>('#foreign');
    paragraph?.click();
    const style = paragraph === null ? undefined : getComputedStyle(paragraph);
    return { ran: 'foreignRan' in globalThis, colour: style?.color, width: style?.width };
  });
  expect(outcome.ran).toBe(false);
  expect(outcome.colour).not.toBe('rgb(1, 2, 3)');
  expect(outcome.width).not.toBe('77px');
  await expect.poll(() => refusals.length).toBeGreaterThan(2);
});

test('a terminal has its rules and colours without inline styles', async () => {
  const { page } = learner;
  const refusals = refusalsOn(page);
  await page.goto('/de/kernel/labs/contain-the-agent/');
  const { dockerHost, ...lab } = labPageOn(page);
  await lab.start();
  await dockerHost.type(String.raw`clear; printf '\033[38;2;200;250;10mtrue-colour\033[0m \033[31mred\033[0m done\n'`);
  await dockerHost.sees(/^true-colour red done$/m);
  const colourOf = (text: string): Promise<string> =>
    dockerHost.element
      .locator('.xterm-rows span', { hasText: new RegExp(`^\\s*${text}\\s*$`) })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  // Brightened or darkened for contrast, but green, red, and neither.
  const [trueColour, red, plain] = [await colourOf('true-colour'), await colourOf('red'), await colourOf('done')];
  expect(new Set([trueColour, red, plain]).size).toBe(3);
  const [r = 0, g = 0, b = 0] = trueColour.match(/\d+/g)?.map(Number) ?? [];
  expect(g > r && r > b, trueColour).toBe(true);
  // Rules that xterm writes itself: rows have the height of a line.
  const rows = dockerHost.element.locator('.xterm-rows > div');
  const heights = await rows.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(10);
  expect(refusals).toEqual([]);
});

test('keeper and server hold no more rights than they need, and leave no core dump', async () => {
  const rightsOf = async (program: string): Promise<Record<string, string>> => {
    const pid = await course.pidOf(program);
    const [status, limits] = await Promise.all(['status', 'limits'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')));
    const fields = [...(status ?? '').matchAll(/^(Uid|Groups|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs):[ \t]*(.*?)[ \t]*$/gm)];
    const core = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(limits ?? '');
    return { ...Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])), core: `${core?.[1]} ${core?.[2]}` };
  };
  const none = '0'.repeat(16);
  const server = await rightsOf('src/server/main.ts');
  expect(server).toMatchObject({ Groups: '', CapPrm: none, CapEff: none, CapBnd: none, CapAmb: none, NoNewPrivs: '1', core: '1 1' });
  expect(server['Uid']).not.toMatch(/\b0\b/);

  const keeper = await rightsOf('sandbox/keeper/main.ts');
  expect(keeper).toMatchObject({ CapAmb: none, NoNewPrivs: '1', core: '1 1', CapEff: keeper['CapBnd'] });
  const held = BigInt(`0x${keeper['CapBnd']}`);
  // linux/capability.h
  const refused = { SYS_MODULE: 16, SYS_RAWIO: 17, NET_RAW: 13, SYS_BOOT: 22, SYS_TIME: 25, MAC_OVERRIDE: 32, MAC_ADMIN: 33, SYSLOG: 34, PERFMON: 38, BPF: 39 };
  expect(Object.entries(refused).filter(([, bit]) => ((held >> BigInt(bit)) & 1n) === 1n)).toEqual([]);
  expect((held >> 21n) & 1n, 'SYS_ADMIN, which shows that the set is read as it must be').toBe(1n);
});
