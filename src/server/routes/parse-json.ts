import { ApiFailure } from '../api-failure.ts';

/** A body that must be JSON in valid UTF-8. An empty one is no body: buttons post without any. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new ApiFailure('invalid_json', { cause });
  }
}
