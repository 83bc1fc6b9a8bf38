import type { Evidence, SandboxView } from '#lab';
import { tryAllDoors, type DoorsFound } from './api-doors.ts';
import { deploy } from './deploy.ts';
import { proveShop, proveShopAgain, type Tools } from './shop.ts';

const tried = new WeakMap<SandboxView, Promise<DoorsFound>>();

/** On no port, from nowhere, does the API serve somebody who has no key of CI's. */
export async function checkDoors(tools: Tools): Promise<Evidence> {
  const control = await proveShop(tools);
  return [control, ...(await allShut(tools))];
}

/** The same after Docker has read its settings anew; and CI and the shop are back as well. */
export async function checkAfterRestart(tools: Tools): Promise<Evidence> {
  await allShut(tools);
  await tools.sandbox.restartEngine();
  const shop = await proveShopAgain(tools);
  const { open, hidden, closed } = await tryAllDoors(tools);
  if (open.length > 0) throw tools.notYet('open-after-restart', open);
  if (hidden.length > 0) throw tools.notYet('door-hidden', hidden);
  return ['Docker was restarted', shop, ...closed, ...(await deploy(tools))];
}

/** As things are before the restart; found out once a run. */
async function allShut(tools: Tools): Promise<Evidence> {
  const found = tried.get(tools.sandbox) ?? tryAllDoors(tools);
  tried.set(tools.sandbox, found);
  const { open, hidden, closed } = await found;
  if (open.length > 0) throw tools.notYet('door-open', open);
  if (hidden.length > 0) throw tools.notYet('door-hidden', hidden);
  return closed;
}
