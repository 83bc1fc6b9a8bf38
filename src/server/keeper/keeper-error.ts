import type { Text } from '#lab';

/** The keeper does not answer, or answers something that is not in the contract. */
export class KeeperUnavailable extends Error {
  constructor(request: string, options: { cause?: unknown } = {}) {
    super(`Keeper gave no usable answer to ${request}`, options);
    this.name = 'KeeperUnavailable';
  }
}

/** The keeper said no, with a reason for the learner. */
export class KeeperRefusal extends Error {
  readonly status: number;
  /** As the keeper writes it, e.g. `no-room`. */
  readonly code: string;
  readonly text: Text;

  constructor(request: string, answer: { status: number; code: string; text: Text }) {
    super(`Keeper refused ${request}: ${answer.code}`);
    this.name = 'KeeperRefusal';
    this.status = answer.status;
    this.code = answer.code;
    this.text = answer.text;
  }
}
