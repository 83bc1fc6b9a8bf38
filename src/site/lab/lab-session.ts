import type { Text } from '#lab';
import type { LabList, Session, SessionEvent, SessionList } from '#protocol/api.ts';
import { callApi, Refusal, Serverless, socketUrl, Unreachable } from './api-client.ts';
import { EventLine } from './event-line.ts';

/**
 * What the lab page shows. Before a session: loading, serverless (a plain file host), unreachable, unavailable (this machine or
 * its engine cannot run the lab), preparing (the image is being baked), startable, retrying (turned away, and asking again), crowded (the
 * learner already runs as many sessions as allowed), requesting. With a session: the states of the session, of which the first is queued.
 */
export type Situation =
  | { readonly phase: 'loading' | 'serverless' | 'unreachable' | 'startable' | 'requesting' }
  | { readonly phase: 'unavailable' | 'retrying'; readonly reason: Text }
  | { readonly phase: 'preparing'; readonly percent: number; readonly step: Text }
  | { readonly phase: 'crowded'; readonly reason: Text; readonly running: readonly RunningSession[] }
  | { readonly phase: Session['state']; readonly session: Session; readonly receivedAtMs: number };

export type RunningSession = Session & { readonly title: Text };

const pollMs = 2000;
/** How often a page that cannot start its lab looks whether it can by now. */
const recoveryMs = 10_000;
/** With these codes waiting does not help: nothing is running that could get free. */
const stoppedCodes = ['labs_off', 'keeper_unavailable'];

/** The learner's session of one lab, as this page knows it. Fires `change` when the situation changes, and passes on the session's events. */
export class LabSession extends EventTarget {
  readonly lab: string;
  #situation: Situation = { phase: 'loading' };
  #line: EventLine | undefined;
  #isLineUp = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #startsWhenReady = true;

  constructor(lab: string) {
    super();
    this.lab = lab;
    addEventListener('online', () => this.#line?.connect());
  }

  get situation(): Situation {
    return this.#situation;
  }

  /** The session, when there is one, running or over. */
  get session(): Session | undefined {
    return 'session' in this.#situation ? this.#situation.session : undefined;
  }

  get isLineUp(): boolean {
    return this.#isLineUp;
  }

  /** Does a lab that is being prepared start by itself when it is ready? */
  get startsWhenReady(): boolean {
    return this.#startsWhenReady;
  }

  set startsWhenReady(value: boolean) {
    this.#startsWhenReady = value;
    this.#changed();
  }

  /** Finds a running session of this lab, or says whether one can be started. */
  async load(): Promise<void> {
    await this.#orExplain(async () => {
      if (await this.#continue()) return;
      const wasPreparing = this.#situation.phase === 'preparing';
      const { labs } = await callApi<LabList>('GET', '/api/labs');
      const availability = labs.find(({ id }) => id === this.lab)?.availability;
      if (availability?.state === 'preparing') {
        this.#show({ phase: 'preparing', percent: availability.percent, step: availability.step });
        this.#again(() => this.load());
      } else if (availability?.state === 'unavailable') {
        this.#show({ phase: 'unavailable', reason: availability.reason });
        this.#again(() => this.load(), recoveryMs);
      } else if (wasPreparing && this.#startsWhenReady) {
        await this.start();
      } else {
        this.#show({ phase: 'startable' });
      }
    });
  }

  async start(): Promise<void> {
    this.#show({ phase: 'requesting' });
    await this.#request();
  }

  /** Stops waiting for a free sandbox: gives up the place in the queue, or does not ask again. */
  async stopWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#situation.phase === 'queued') await this.end();
    else this.#show({ phase: 'startable' });
  }

  /** Ends a session, this lab's or another one's. Without an argument: this one. */
  async end(id = this.session?.id): Promise<void> {
    await callApi<unknown>('DELETE', `/api/sessions/${id}`);
    if (id !== this.session?.id) return this.load();
    this.#line?.dispose();
    if (this.session) this.#showSession({ ...this.session, state: 'ended' });
  }

  async extend(): Promise<void> {
    this.#showSession(await this.post<Session>('extend'));
  }

  async reset(): Promise<void> {
    this.#showSession(await this.post<Session>('reset'));
  }

  /** POST to the running session, e.g. `check`. */
  post<Body>(action: 'check' | 'reset' | 'extend' | 'flag' | 'solution', body: unknown = {}): Promise<Body> {
    return callApi<Body>('POST', `/api/sessions/${this.session?.id}/${action}`, body);
  }

  async #request(): Promise<void> {
    await this.#orExplain(async () => {
      // It may have been started in another tab meanwhile.
      if (await this.#continue()) return;
      try {
        this.#adopt(await callApi<Session>('POST', '/api/sessions', { lab: this.lab }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await this.#explainRefusal(error);
      }
    });
  }

  async #explainRefusal({ status, code, text }: Refusal): Promise<void> {
    if (code === 'too_many_sessions') {
      this.#show({ phase: 'crowded', reason: text, running: await runningSessions() });
    } else if (status === 429 || (status === 503 && !stoppedCodes.includes(code))) {
      this.#show({ phase: 'retrying', reason: text });
      this.#again(() => this.#request());
    } else {
      this.#show({ phase: 'unavailable', reason: text });
      this.#again(() => this.load(), recoveryMs);
    }
  }

  /** Goes on with the running session of this lab, if there is one. */
  async #continue(): Promise<boolean> {
    const { sessions } = await callApi<SessionList>('GET', '/api/sessions');
    const own = sessions.find((session) => session.lab === this.lab && !isOver(session));
    if (own) this.#adopt(own);
    return own !== undefined;
  }

  #adopt(session: Session): void {
    this.#line?.dispose();
    this.#showSession(session);
    this.#line = new EventLine(socketUrl(`/api/sessions/${session.id}/events`), {
      onEvent: (event) => this.#receive(event),
      onLine: (isUp) => {
        if (this.#isLineUp === isUp) return;
        this.#isLineUp = isUp;
        this.#changed();
      },
      onEnd: () => void this.#settle(session.id),
    });
  }

  #receive(event: SessionEvent): void {
    if (event.type === 'session') this.#showSession(event.session);
    this.dispatchEvent(new CustomEvent<SessionEvent>('session-event', { detail: event }));
  }

  /** The server has closed the line for good: find out how the session ended. */
  async #settle(id: string): Promise<void> {
    const { session } = this;
    if (session?.id !== id || isOver(session)) return;
    await this.#orExplain(async () => {
      try {
        this.#showSession(await callApi<Session>('GET', `/api/sessions/${id}`));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#showSession({ ...session, state: Date.parse(session.expiresAt) <= Date.now() ? 'expired' : 'ended' });
      }
    });
  }

  async #orExplain(action: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await action();
    } catch (error) {
      if (error instanceof Refusal) return this.#show({ phase: 'unavailable', reason: error.text });
      if (error instanceof Serverless) return this.#show({ phase: 'serverless' });
      if (!(error instanceof Unreachable)) throw error;
      this.#show({ phase: 'unreachable' });
      this.#again(() => this.load());
    }
  }

  #again(action: () => Promise<void>, afterMs = pollMs): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void action(), afterMs);
  }

  #showSession(session: Session): void {
    if (isOver(session)) this.#line?.dispose();
    // Whoever has given up waiting has lost nothing.
    const hasGivenUp = session.state === 'ended' && session.reason === undefined && this.#situation.phase === 'queued';
    if (hasGivenUp) return this.#show({ phase: 'startable' });
    this.#show({ phase: session.state, session, receivedAtMs: Date.now() });
  }

  #show(situation: Situation): void {
    this.#situation = situation;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function isOver({ state }: Session): boolean {
  return state === 'ended' || state === 'expired' || state === 'failed';
}

async function runningSessions(): Promise<RunningSession[]> {
  const [{ sessions }, { labs }] = await Promise.all([callApi<SessionList>('GET', '/api/sessions'), callApi<LabList>('GET', '/api/labs')]);
  const titles = new Map(labs.map(({ id, title }) => [id, title]));
  return sessions
    .filter((session) => !isOver(session))
    .map((session) => ({ ...session, title: titles.get(session.lab) ?? { de: session.lab, en: session.lab } }));
}
