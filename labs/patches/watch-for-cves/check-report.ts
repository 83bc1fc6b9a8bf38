import type { Evidence } from '#lab';
import type { Tools } from './harbour.ts';
import { judge, observe } from './observation.ts';

/** New advisories and a new container get into the report by themselves: the right CVE for the right container, and for no other. */
export async function checkRescans(tools: Tools): Promise<Evidence> {
  const observation = await observe(tools);
  const { missed, images, absent, wrong } = judge(observation);
  if (wrong.length > 0) throw tools.notYet('wrongly-named', wrong);
  if (missed.length > 0) throw tools.notYet('container-missed', missed);
  if (images.length > 0) throw tools.notYet('wrong-image', images);
  if (absent.length > 0) throw tools.notYet('finding-missed', absent);
  const { feed, expected, seconds } = observation;
  return [`${seconds} s after ${feed.path} came:`, ...expected.map(({ name, service }) => `${name}: ${feed.news[service].id}`)];
}

/** Each new finding has the priority that the rules give it. */
export async function checkPriorities(tools: Tools): Promise<Evidence> {
  const observation = await observe(tools);
  const { missed, absent, priorities } = judge(observation);
  if (priorities.length > 0) throw tools.notYet('wrong-priority', priorities);
  if (missed.length + absent.length > 0) throw tools.notYet('finding-missed', [...missed, ...absent]);
  const { feed, expected } = observation;
  return expected.map(({ name, service }) => `${name}: ${feed.news[service].id} (${feed.news[service].why}) is "${feed.news[service].priority}"`);
}

/** Runtimes past their end of life are named, with the date that the advisories give, and no others. */
export async function checkEndOfLife(tools: Tools): Promise<Evidence> {
  const observation = await observe(tools);
  const { missed, ends } = judge(observation);
  if (missed.length > 0) throw tools.notYet('container-missed', missed);
  if (ends.length > 0) throw tools.notYet('end-of-life-wrong', ends);
  const { feed, expected } = observation;
  return expected.map(({ name, node }) => (node === undefined ? `${name}: nothing` : `${name}: nodejs ${node} since ${feed.nodejs[node] ?? '?'}`));
}
