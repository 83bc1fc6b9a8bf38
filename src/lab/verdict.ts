/** What was observed, line by line: facts such as `CapEff of pid 4711 (node): 00000000a80425fb`. Shown to the learner as is. */
export type Evidence = readonly string[];

/** Thrown by a check when the task is not done yet: `message` says what is missing, `evidence` shows it. */
export class NotYet extends Error {
  readonly messageId: string;
  readonly evidence: Evidence;

  constructor(messageId: string, evidence: Evidence = []) {
    super(`not yet: ${messageId}`);
    this.name = 'NotYet';
    this.messageId = messageId;
    this.evidence = evidence;
  }
}

/**
 * Thrown when nothing can be said: a positive control failed, so that the negative result proves nothing.
 * Never counts as passed. `messageId` is one of the platform's own messages (`src/lab/platform-messages.ts`).
 */
export class Inconclusive extends Error {
  readonly messageId: string;
  readonly evidence: Evidence;

  constructor(messageId: string, evidence: Evidence = []) {
    super(`inconclusive: ${messageId}`);
    this.name = 'Inconclusive';
    this.messageId = messageId;
    this.evidence = evidence;
  }
}

/** Thrown by `http` when no HTTP answer came: refused, timed out, cut off. */
export class ConnectionFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectionFailed';
  }
}
