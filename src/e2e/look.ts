import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = process.env['SCHOTT_SCREENSHOTS'];

/** Keeps a picture of what can be seen, for people to look at, in the folder that `SCHOTT_SCREENSHOTS` names. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
