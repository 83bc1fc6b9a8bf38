import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { apiError, flagResult, progress, session, sessionList, solution, type Progress, type Session } from '#protocol/api.ts';
import { checkResult, type CheckResult } from '#protocol/verdict.ts';

/** The course said no, and asking again would not help. */
class Refused extends Error {
  readonly status: number;

  constructor(what: string, status: number, code: string) {
    super(`${what}: ${status} ${code}`);
    this.status = status;
  }
}

/** The course asks for patience: this was asked too often. */
class TooOften extends Error {
  readonly waitMs: number;

  constructor(what: string, waitMs: number) {
    super(`${what}: 429, again in ${waitMs / 1000} s`);
    this.waitMs = waitMs;
  }
}

/** The session is over without our doing. */
export class SessionLost extends Error {}

/** A course that does not answer is asked again for this long. */
const patienceMs = 180_000;
/** Between two tries of the same thing, unless the course says how long to wait. */
const pauseMs = 1000;
const answerLimitMs = 45_000;
const readyLimitMs = 180_000;

/** A learner whose browser does not give up: what fails because the course is away is tried again. */
export class Visitor {
  /** What the course has acknowledged: it must never be lost again. */
  readonly acknowledged = { attack: new Set<string>(), tasks: new Map<string, Set<string>>() };
  readonly #url: string;
  #cookie = '';

  private constructor(url: string) {
    this.#url = url;
  }

  static async arrive(url: string, signal: AbortSignal): Promise<Visitor> {
    const visitor = new Visitor(url);
    const { headers } = await visitor.#insist('GET', '/api/progress', signal);
    visitor.#cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return visitor;
  }

  /** Starts a session of a lab; when the answer gets lost, finds the one that was started. */
  async startSession(lab: string, signal: AbortSignal): Promise<Session> {
    let pause = pauseMs;
    for (const deadline = Date.now() + patienceMs; ; await sleep(pause)) {
      signal.throwIfAborted();
      try {
        return session.parse(await (await this.#send('POST', '/api/sessions', { lab })).json());
      } catch (error) {
        if ((error instanceof Refused && error.status !== 409) || Date.now() > deadline) throw error;
        pause = pauseAfter(error);
      }
      const { sessions } = sessionList.parse(await (await this.#insist('GET', '/api/sessions', signal)).json());
      if (sessions[0] !== undefined) return sessions[0];
    }
  }

  /** Waits until the session is ready. Throws SessionLost when it is over instead, and an error when nothing becomes of it. */
  async untilReady(id: string, signal: AbortSignal): Promise<void> {
    for (const deadline = Date.now() + readyLimitMs; ; await sleep(150)) {
      const { state, reason } = await this.session(id, signal);
      if (state === 'ready') return;
      if (isOver(state)) throw new SessionLost(`${state}: ${reason?.en ?? 'no reason'}`);
      if (Date.now() > deadline) throw new Error(`the session was still ${state} after ${readyLimitMs / 1000} s`);
    }
  }

  /** Waits until the session is over; false when it still is not after `limitMs`. */
  async untilOver(id: string, limitMs: number, signal: AbortSignal): Promise<boolean> {
    for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(150)) if (isOver((await this.session(id, signal)).state)) return true;
    return false;
  }

  async session(id: string, signal: AbortSignal): Promise<Session> {
    return session.parse(await (await this.#insist('GET', `/api/sessions/${id}`, signal)).json());
  }

  async check(id: string, lab: string, signal: AbortSignal): Promise<CheckResult> {
    const result = checkResult.parse(await (await this.#insist('POST', `/api/sessions/${id}/check`, signal)).json());
    const passed = result.tasks.filter((task) => task.passed).map((task) => task.id);
    this.acknowledged.tasks.set(lab, new Set([...(this.acknowledged.tasks.get(lab) ?? []), ...passed]));
    return result;
  }

  async handInFlag(id: string, lab: string, flag: string, signal: AbortSignal): Promise<boolean> {
    const { accepted } = flagResult.parse(await (await this.#insist('POST', `/api/sessions/${id}/flag`, signal, { flag })).json());
    if (accepted) this.acknowledged.attack.add(lab);
    return accepted;
  }

  async solution(id: string, signal: AbortSignal): Promise<string> {
    return solution.parse(await (await this.#insist('POST', `/api/sessions/${id}/solution`, signal)).json()).script;
  }

  /** Resets a session; when the answer gets lost, looks whether it is under way, as a page does that opens again: who only asks anew has left the queue. */
  async reset(id: string, signal: AbortSignal): Promise<void> {
    let pause = pauseMs;
    for (const deadline = Date.now() + patienceMs; ; await sleep(pause)) {
      signal.throwIfAborted();
      try {
        await this.#send('POST', `/api/sessions/${id}/reset`, undefined, signal);
        return;
      } catch (error) {
        if (error instanceof Refused || error instanceof SessionLost || Date.now() > deadline) throw error;
        pause = pauseAfter(error);
      }
      const { state } = await this.session(id, signal);
      if (state === 'queued' || state === 'starting') return;
    }
  }

  async end(id: string, signal: AbortSignal): Promise<void> {
    await this.#insist('DELETE', `/api/sessions/${id}`, signal);
  }

  /** As a browser that is closed the moment it has asked. */
  endWithoutWaiting(id: string): void {
    const hangUp = new AbortController();
    this.#send('DELETE', `/api/sessions/${id}`, undefined, hangUp.signal).catch(() => undefined);
    setTimeout(() => hangUp.abort(), 5);
  }

  async progress(signal: AbortSignal): Promise<Progress> {
    return progress.parse(await (await this.#insist('GET', '/api/progress', signal)).json());
  }

  openTerminal(id: string, terminal: number): WebSocket {
    const address = `${this.#url.replace('http', 'ws')}/api/sessions/${id}/terminals/${terminal}`;
    return new WebSocket(address, { headers: { cookie: this.#cookie, origin: this.#url }, perMessageDeflate: false, handshakeTimeout: 10_000 });
  }

  /** Asks again while the course is away, or says that it cannot at the moment. */
  async #insist(method: string, path: string, signal: AbortSignal, body?: unknown): Promise<Response> {
    let pause = pauseMs;
    for (const deadline = Date.now() + patienceMs; ; await sleep(pause)) {
      signal.throwIfAborted();
      try {
        return await this.#send(method, path, body, signal);
      } catch (error) {
        if (error instanceof Refused || error instanceof SessionLost || Date.now() > deadline) throw error;
        pause = pauseAfter(error);
      }
    }
  }

  async #send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(this.#url + path, {
      method,
      signal: AbortSignal.any([AbortSignal.timeout(answerLimitMs), ...(signal === undefined ? [] : [signal])]),
      headers: { ...(this.#cookie !== '' && { cookie: this.#cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const parsed = apiError.safeParse(await response.json().catch(() => undefined));
    const code = parsed.data?.error.code ?? 'no reason';
    if (response.status === 429) throw new TooOften(`${method} ${path}`, 1000 * Number(response.headers.get('retry-after') ?? 1));
    // A session of which the server does not know yet what has become of it is not ready for a moment.
    if (response.status >= 500 || code === 'session_not_ready') throw new Error(`${method} ${path}: ${response.status} ${code}`);
    throw code === 'session_over' ? new SessionLost(`${method} ${path}: ${code}`) : new Refused(`${method} ${path}`, response.status, code);
  }
}

function pauseAfter(error: unknown): number {
  return error instanceof TooOften ? error.waitMs : pauseMs;
}

function isOver(state: Session['state']): boolean {
  return ['ended', 'expired', 'failed'].includes(state);
}
