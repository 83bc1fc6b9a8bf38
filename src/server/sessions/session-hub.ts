import type { SessionEvent } from '#protocol/api.ts';

/** Who is connected to a session at the moment, and must hear what happens to it. */
export interface SessionHub {
  /** undefined: too many connections of this kind to this session already. */
  subscribe(sessionId: string, kind: 'events' | 'terminal', listener: (event: SessionEvent) => void): Disposable | undefined;
  publish(sessionId: string, event: SessionEvent): void;
  /** Does a browser show this session's tasks? */
  isWatched(sessionId: string): boolean;
  /** Does a browser have anything open of this session? */
  isConnected(sessionId: string): boolean;
  connections(kind: 'events' | 'terminal'): number;
}

/** More than a learner with several tabs needs, few enough that a session cannot eat the server's memory. */
const maxConnectionsOfKind = 16;

export function createSessionHub(): SessionHub {
  const kinds = { events: new Map<string, Set<Listener>>(), terminal: new Map<string, Set<Listener>>() };
  return {
    subscribe(sessionId, kind, listener) {
      const listeners = kinds[kind].get(sessionId) ?? new Set();
      if (listeners.size >= maxConnectionsOfKind) return undefined;
      kinds[kind].set(sessionId, listeners.add(listener));
      return {
        [Symbol.dispose]() {
          listeners.delete(listener);
          if (listeners.size === 0 && kinds[kind].get(sessionId) === listeners) kinds[kind].delete(sessionId);
        },
      };
    },
    publish(sessionId, event) {
      for (const listeners of [kinds.events.get(sessionId), kinds.terminal.get(sessionId)]) {
        for (const listener of listeners ?? []) listener(event);
      }
    },
    isWatched: (sessionId) => kinds.events.has(sessionId),
    isConnected: (sessionId) => kinds.events.has(sessionId) || kinds.terminal.has(sessionId),
    connections: (kind) => [...kinds[kind].values()].reduce((sum, listeners) => sum + listeners.size, 0),
  };
}

type Listener = (event: SessionEvent) => void;
