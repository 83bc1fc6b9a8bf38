import type { WebSocket } from 'ws';
import { keeperEvent, type KeeperEvent, type Sandbox } from '#protocol/keeper.ts';
import type { Keeper } from './keeper.ts';

export interface SandboxFollower {
  /** Called after each (re)connection and for each change. */
  onSandbox(sandbox: Sandbox): void;
  onDockerEvent(): void;
  /** `unknown`: the keeper knows no such sandbox. Nothing follows. */
  onGone(cause: 'deleted' | 'expired' | 'died' | 'unknown'): void;
  /** The keeper was away: events may have been missed. */
  onReconnected(): void;
  onDisconnected(): void;
}

const firstDelayMs = 100;
const maxDelayMs = 1000;

/** Follows the keeper's events of one sandbox until disposed, across restarts of the keeper. */
export function followSandbox(keeper: Keeper, id: string, follower: SandboxFollower): Disposable {
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let delayMs = firstDelayMs;
  let isDisposed = false;
  let wasLost = false;

  const connect = () => {
    const current = keeper.openEvents(id);
    socket = current;
    let wasOpen = false;
    current.on('open', () => {
      wasOpen = true;
      delayMs = firstDelayMs;
      if (isDisposed) return;
      if (wasLost) follower.onReconnected();
      void refresh();
    });
    current.on('message', (data: Buffer) => {
      const event = parseEvent(data);
      if (event && !isDisposed) passOn(event, follower);
    });
    // 'close' follows every error and does the work.
    current.on('error', () => {});
    current.on('close', () => {
      if (isDisposed) return;
      if (wasOpen || !wasLost) follower.onDisconnected();
      wasLost = true;
      void refresh();
      timer = setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, maxDelayMs);
    });
  };

  const refresh = async () => {
    try {
      const sandbox = await keeper.sandbox(id);
      if (isDisposed) return;
      if (sandbox) follower.onSandbox(sandbox);
      else follower.onGone('unknown');
    } catch {
      // The keeper is away; the next connection asks again.
    }
  };

  connect();
  return {
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}

function parseEvent(data: Buffer): KeeperEvent | undefined {
  try {
    return keeperEvent.safeParse(JSON.parse(data.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function passOn(event: KeeperEvent, follower: SandboxFollower): void {
  switch (event.type) {
    case 'sandbox':
      return follower.onSandbox(event.sandbox);
    case 'docker':
      return follower.onDockerEvent();
    case 'gone':
      return follower.onGone(event.cause);
  }
}
