import { WebSocket } from 'ws';
import { z } from 'zod';
import { flagResult } from '#protocol/api.ts';
import { keeperHealth, keeperLabs, sandbox, sandboxList, type KeeperHealth, type Sandbox } from '#protocol/keeper.ts';
import type { LabAvailability } from '#protocol/api.ts';
import { checkResult, type CheckResult } from '#protocol/verdict.ts';
import { KeeperRefusal } from './keeper-error.ts';
import { requestKeeper } from './request-keeper.ts';

/** What the server asks the keeper. Every answer is checked against the contract; failures are KeeperUnavailable or KeeperRefusal. */
export interface Keeper {
  health(): Promise<KeeperHealth>;
  labs(): Promise<Record<string, LabAvailability>>;
  /** `onlyReady`: one that stands ready, or none. */
  startSandbox(lab: string, expiresAt: Date, options: { onlyReady: boolean }): Promise<Sandbox>;
  sandboxes(): Promise<Sandbox[]>;
  /** undefined: there is no such sandbox (any more). */
  sandbox(id: string): Promise<Sandbox | undefined>;
  /** Also resolves when the sandbox is already gone. */
  stopSandbox(id: string): Promise<void>;
  setDeadline(id: string, expiresAt: Date): Promise<Sandbox>;
  /** `isFull`: tasks that are judged on request only are judged as well. `limitSeconds`: how long the lab's checks may take. */
  check(id: string, options: { isFull: boolean; limitSeconds: number }): Promise<CheckResult>;
  /** Is this the flag of the sandbox? */
  handInFlag(id: string, flag: string): Promise<boolean>;
  openTerminal(id: string, index: number): WebSocket;
  openEvents(id: string): WebSocket;
}

/** A client of the keeper that listens on the unix socket at `socketPath`. Connects for each request, so a restarted keeper is found at once. */
export function connectKeeper(socketPath: string): Keeper {
  const openSocket = (path: string, maxPayload: number) =>
    new WebSocket(`ws+unix://${socketPath}:${path}`, { perMessageDeflate: false, maxPayload, handshakeTimeout: 5000 });
  return {
    health: () => requestKeeper(socketPath, 'GET', '/health', keeperHealth, { timeoutMs: 3000 }),
    labs: async () => (await requestKeeper(socketPath, 'GET', '/labs', keeperLabs, { timeoutMs: 5000 })).labs,
    startSandbox: (lab, expiresAt, { onlyReady }) =>
      requestKeeper(socketPath, 'POST', '/sandboxes', sandbox, { body: { lab, expiresAt: expiresAt.toISOString(), onlyReady }, timeoutMs: 30_000 }),
    sandboxes: async () => (await requestKeeper(socketPath, 'GET', '/sandboxes', sandboxList, { timeoutMs: 10_000 })).sandboxes,
    sandbox: (id) => requestKeeper(socketPath, 'GET', `/sandboxes/${id}`, sandbox, { timeoutMs: 5000 }).catch(undefinedWhenUnknown),
    async stopSandbox(id) {
      await requestKeeper(socketPath, 'DELETE', `/sandboxes/${id}`, nothing, { timeoutMs: 30_000 }).catch(undefinedWhenUnknown);
    },
    setDeadline: (id, expiresAt) =>
      requestKeeper(socketPath, 'PUT', `/sandboxes/${id}/deadline`, sandbox, { body: { expiresAt: expiresAt.toISOString() }, timeoutMs: 5000 }),
    // The keeper promises a verdict 5 s after the limit; the rest is slack for a busy machine.
    check: (id, { isFull, limitSeconds }) =>
      requestKeeper(socketPath, 'POST', `/sandboxes/${id}/check`, checkResult, { body: { isFull }, timeoutMs: (limitSeconds + 15) * 1000 }),
    handInFlag: async (id, flag) =>
      (await requestKeeper(socketPath, 'POST', `/sandboxes/${id}/flag`, flagResult, { body: { flag }, timeoutMs: 5000 })).accepted,
    openTerminal: (id, index) => openSocket(`/sandboxes/${id}/terminals/${index}`, 256 * 1024),
    openEvents: (id) => openSocket(`/sandboxes/${id}/events`, 256 * 1024),
  };
}

const nothing = z.undefined();

function undefinedWhenUnknown(error: unknown): undefined {
  if (error instanceof KeeperRefusal && error.status === 404) return undefined;
  throw error;
}
