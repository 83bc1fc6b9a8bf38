import { expect, test } from 'vitest';
import { labList } from '#protocol/api.ts';
import { health } from '#protocol/health.ts';
import { startTestCourse } from '../test-course.ts';

test('health tells server, keeper, engine and capabilities apart', async () => {
  await using course = await startTestCourse();
  const read = async () => health.parse((await course.app.inject({ url: '/healthz' })).json());
  expect(await read()).toMatchObject({
    state: 'ok',
    keeper: { state: 'ok' },
    engine: { state: 'ok', version: '29.0.0', capacity: 40 },
    capabilities: { cgroupVersion: 2 },
  });
  await course.keeper.stop();
  expect(await read()).toMatchObject({ state: 'degraded', server: { state: 'ok' }, keeper: { state: 'unavailable' }, capabilities: null });
});

test('labs are listed in order with their availability, also while the keeper is away', async () => {
  await using course = await startTestCourse();
  const read = async () => labList.parse((await course.app.inject({ url: '/api/labs' })).json()).labs;
  expect(await read()).toMatchObject([
    { id: 'kernel/first', label: 'L1.1', points: 30, availability: { state: 'ready' } },
    { id: 'kernel/second', availability: { state: 'ready' } },
  ]);
  await course.keeper.stop();
  expect((await read())[0]?.availability).toMatchObject({ state: 'unavailable', reason: { en: expect.stringContaining('try again') } });
});

test('metrics are in the text format of Prometheus', async () => {
  await using course = await startTestCourse();
  const learner = course.learner();
  const { id } = await learner.startSession();
  await learner.request('POST', `/api/sessions/${id}/check`);
  using events = learner.connect(`/api/sessions/${id}/events`);
  await events.opened;
  const answer = await learner.request('GET', '/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  for (const line of answer.text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) schott_\w+ .+|schott_\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
  expect(answer.text).toContain('schott_sessions{state="ready"} 1\n');
  expect(answer.text).toContain('schott_checks_total{cause="button",outcome="done"} 1\n');
  expect(answer.text).toContain('schott_check_duration_seconds_bucket{le="+Inf"} 1\n');
  expect(answer.text).toContain('schott_websocket_connections{kind="events"} 1\n');
  expect(answer.text).toContain('schott_keeper_up 1\n');
  expect(answer.text).toContain('schott_sandboxes_sleeping 0\n');
});
