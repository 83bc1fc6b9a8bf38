import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { session, sessionEvent, type Session, type SessionEvent } from '#protocol/api.ts';
import { checkResult, type CheckResult } from '#protocol/verdict.ts';
import { Terminal } from './terminal.ts';

/** A learner with a browser: talks to the server as the lab page does, and to nothing else. */
export class Learner {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Comes to the course for the first time. Limits on requests are counted for each learner. */
  static async arrive(url: string): Promise<Learner> {
    const response = await fetch(`${url}/api/progress`);
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!response.ok || cookie === undefined) throw new Error(`Cannot become a learner: status ${response.status}`);
    return new Learner(url, cookie);
  }

  startSession(lab: string): Promise<Session> {
    return this.#ask('POST', '/api/sessions', session, { lab });
  }

  session(id: string): Promise<Session> {
    return this.#ask('GET', `/api/sessions/${id}`, session);
  }

  check(id: string): Promise<CheckResult> {
    return this.#ask('POST', `/api/sessions/${id}/check`, checkResult);
  }

  /** Ends a session; resolves when its sandbox is gone. */
  async endSession(id: string): Promise<void> {
    await this.#send('DELETE', `/api/sessions/${id}`);
  }

  /** Waits until the session has its sandbox, however long the queue. */
  async untilReady(id: string, limitMs: number, signal?: AbortSignal): Promise<Session> {
    for (const deadline = performance.now() + limitMs; ; await sleep(250)) {
      signal?.throwIfAborted();
      const current = await this.session(id);
      if (current.state === 'ready') return current;
      if (['ended', 'expired', 'failed'].includes(current.state))
        throw new Error(`The session is ${current.state}: ${current.reason?.en ?? 'no reason given'}`);
      if (performance.now() > deadline) throw new Error(`The session was still ${current.state} after ${limitMs / 1000} s`);
    }
  }

  /** Opens a terminal of the session, going on at `seq`: 0 is the Docker host's, 1 the attacker box's. */
  openTerminal(id: string, { seq = 0n, terminal = 0 }: { seq?: bigint; terminal?: 0 | 1 } = {}): Terminal {
    return new Terminal(this.#openSocket(`/api/sessions/${id}/terminals/${terminal}`), seq);
  }

  /** Follows the session's events until the result is disposed; resolves after the first, which always comes. */
  async followEvents(id: string, onEvent: (event: SessionEvent) => void): Promise<Disposable> {
    const socket = this.#openSocket(`/api/sessions/${id}/events`);
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        onEvent(sessionEvent.parse(JSON.parse(data.toString())));
        resolve();
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('The events were closed')));
    });
    return { [Symbol.dispose]: () => socket.terminate() };
  }

  #openSocket(path: string): WebSocket {
    return new WebSocket(this.#url.replace('http', 'ws') + path, { headers: { cookie: this.#cookie, origin: this.#url }, perMessageDeflate: false });
  }

  async #ask<Answer>(method: string, path: string, answer: z.ZodType<Answer>, body?: unknown): Promise<Answer> {
    return answer.parse(await (await this.#send(method, path, body)).json());
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Cannot ${method} ${path}: status ${response.status} ${await response.text()}`);
    return response;
  }
}
