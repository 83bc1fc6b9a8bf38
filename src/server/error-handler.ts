import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Text } from '#lab';
import { ApiFailure, errorBody } from './api-failure.ts';
import { KeeperRefusal, KeeperUnavailable } from './keeper/keeper-error.ts';
import { failures, type FailureCode } from './messages.ts';

/** The one error handler: logs everything, and shows nothing of an unexpected error. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const answer = describeError(error);
  if (answer.status >= 500) request.log.error({ err: error, code: answer.code }, 'request failed');
  else request.log.info({ err: error, code: answer.code }, 'request refused');
  return reply.code(answer.status).header('cache-control', 'no-store').send(errorBody(answer.code, answer.text));
}

/** Status, code and text for any error, also for the error event on a session's WebSocket. */
export function describeError(error: unknown): { status: number; code: string; text: Text } {
  if (error instanceof ApiFailure) return { status: error.statusCode, code: error.code, text: error.text };
  if (error instanceof KeeperUnavailable) return fromCode('keeper_unavailable');
  if (error instanceof KeeperRefusal) return { status: 503, code: error.code.replaceAll('-', '_'), text: error.text };
  return fromCode(codeOfStatus((error as FastifyError | undefined)?.statusCode));
}

/** Answers requests that are not even HTTP; Fastify never sees them. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, text } = fromCode(error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'invalid_request');
  const body = JSON.stringify(errorBody(code, text));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function fromCode(code: FailureCode) {
  return { status: failures[code].status, code, text: failures[code].text };
}

/** Errors of Fastify and its plugins carry only a status. */
function codeOfStatus(status: number | undefined): FailureCode {
  switch (status) {
    case 400:
      return 'invalid_request';
    // The file server answers paths like `/../x` with 403; that there is nothing here says enough.
    case 403:
    case 404:
      return 'not_found';
    case 413:
      return 'body_too_large';
    case 415:
      return 'unsupported_media_type';
    case 429:
      return 'too_many_requests';
    default:
      return 'internal';
  }
}
