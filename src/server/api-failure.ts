import type { Text } from '#lab';
import type { ApiError } from '#protocol/api.ts';
import { failures, type FailureCode } from './messages.ts';

/** A request that cannot be served, with what the learner is told. Thrown anywhere, answered by the error handler. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly statusCode: number;
  readonly text: Text;

  constructor(code: FailureCode, options: { text?: Text | undefined; cause?: unknown } = {}) {
    const text = options.text ?? failures[code].text;
    super(text.en, { cause: options.cause });
    this.name = 'ApiFailure';
    this.code = code;
    this.statusCode = failures[code].status;
    this.text = text;
  }
}

/** The body of an error answer. */
export function errorBody(code: string, message: Text): ApiError {
  return { error: { code, message } };
}
