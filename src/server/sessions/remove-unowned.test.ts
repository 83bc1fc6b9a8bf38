import { expect, test, vi } from 'vitest';
import { startTestCourse } from '../test-course.ts';

test('a sandbox that no session has is removed; those of running and of waiting sessions stay', async () => {
  await using course = await startTestCourse();
  const { id, lab, expiresAt } = await course.learner().startSession();
  const [owned = ''] = course.keeper.sandboxes.keys();
  const waiting = await course.learner().startSession();
  const awaited = [...course.keeper.sandboxes.keys()].find((one) => one !== owned) ?? '';
  // As when the keeper's answer is still on its way.
  course.store.sessions.change(waiting.id, { state: 'starting', sandbox: null });
  course.keeper.sandboxes.set('lostlostlostlost', {
    id: 'lostlostlostlost',
    lab,
    state: 'ready',
    expiresAt: new Date(Date.parse(expiresAt) - 1).toISOString(),
  });
  await vi.waitFor(() => expect(course.keeper.requests).toContain('DELETE /sandboxes/lostlostlostlost'), { timeout: 15_000, interval: 100 });
  expect([...course.keeper.sandboxes.keys()].toSorted()).toEqual([owned, awaited].toSorted());
  expect(course.store.sessions.find(id)).toMatchObject({ state: 'ready', sandbox: owned });
});
