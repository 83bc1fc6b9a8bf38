import type { RoleContainer, SandboxView } from '#lab';
import { ask, askQuickly, expectedReceipt, numbersIn, type Reply } from './services.ts';

/** How checkout served its customers during a stretch of time. */
export interface CheckoutSample {
  /** Proof that the container itself answers, taken at the end. */
  readonly last: Reply;
  readonly lastIsRight: boolean;
  readonly answered: number;
  /** Requests of ours that got no answer or a wrong one. */
  readonly failed: readonly Reply[];
  /** 95th percentile of our own requests, with the way there and back. */
  readonly outsideP95Ms: number;
  /** Its own account of the same time. */
  readonly status: Reply;
  readonly insideP95Ms: number;
  readonly insideOrders: number;
  readonly seconds: number;
}

/** 95 in 100 customers in less than 200 ms by checkout's own account; roughly so from outside, with the way there and back on top. */
export function isQuick({ insideP95Ms, outsideP95Ms, insideOrders, seconds }: CheckoutSample): boolean {
  /* A customer comes every 100 ms; far fewer orders than that mean a stall, however quick each was. */
  return insideP95Ms < 200 && outsideP95Ms < 500 && insideOrders > seconds * 5;
}

/** Orders from outside until `end` is called, or the sampler is disposed of because something went wrong. */
export function sampleCheckout(sandbox: SandboxView, checkout: RoleContainer): AsyncDisposable & { end(): Promise<CheckoutSample> } {
  const start = performance.now();
  const milliseconds: number[] = [];
  const failed: Reply[] = [];
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      const nonce = sandbox.random(8);
      const reply = await askQuickly(sandbox, 8080, `/order?nonce=${nonce}`);
      if (isReceipt(reply, nonce)) milliseconds.push(reply.milliseconds);
      else failed.push(reply);
      await sandbox.sleep(100);
    }
  })();
  /* Awaited only at the end: a failure until then is not an unhandled one. */
  sampling.catch(() => undefined);
  return {
    async end() {
      isOver = true;
      await sampling;
      const seconds = (performance.now() - start) / 1000;
      const status = await askQuickly(sandbox, 8080, `/status?window=${Math.round(seconds * 1000)}`);
      const { orders = 0, p95Ms = Infinity } = numbersIn(status);
      const nonce = sandbox.random(8);
      const last = await ask(checkout, `/order?nonce=${nonce}`);
      return {
        last,
        lastIsRight: isReceipt(last, nonce),
        answered: milliseconds.length,
        failed,
        outsideP95Ms: milliseconds.toSorted((a, b) => a - b)[Math.floor(milliseconds.length * 0.95)] ?? Infinity,
        status,
        insideP95Ms: p95Ms,
        insideOrders: orders,
        seconds,
      };
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await sampling.catch(() => undefined);
    },
  };
}

function isReceipt({ status, body }: Reply, nonce: string): boolean {
  return status === 200 && body.trim() === expectedReceipt(nonce);
}
