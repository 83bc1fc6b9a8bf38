import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { keeperLabs } from '#protocol/keeper.ts';
import { bar, say, sayInPlace } from './say.ts';

/** Shows how far the labs are, until all can be started or have failed. */
export async function watchBaking(keeperSocket: string, isOver: () => boolean): Promise<void> {
  const show = sayInPlace('labs');
  for (;;) {
    if (isOver()) return;
    const labs = await readLabs(keeperSocket).catch(() => undefined);
    const states = Object.entries(labs ?? {});
    const preparing =
      states.find(([, availability]) => availability.state === 'preparing' && availability.percent > 0) ??
      states.find(([, availability]) => availability.state === 'preparing');
    if (labs !== undefined && preparing === undefined) {
      show.end();
      const ready = states.filter(([, availability]) => availability.state === 'ready').length;
      say('labs', `${ready} of ${states.length} ready`);
      for (const [id, availability] of states) if (availability.state === 'unavailable') say('labs', `${id}: ${availability.reason.en}`);
      return;
    }
    if (preparing?.[1].state === 'preparing') show(`${preparing[0]} ${bar(preparing[1].percent / 100)} ${preparing[1].step.en}`);
    await sleep(500);
  }
}

function readLabs(keeperSocket: string): Promise<ReturnType<typeof keeperLabs.parse>['labs']> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath: keeperSocket, path: '/labs', timeout: 3000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        try {
          resolve(keeperLabs.parse(JSON.parse(body)).labs);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    asking.on('error', reject);
    asking.end();
  });
}
