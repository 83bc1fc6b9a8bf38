import { request, type IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { keeperError } from '#protocol/keeper.ts';
import { KeeperRefusal, KeeperUnavailable } from './keeper-error.ts';

const maxAnswerBytes = 8 * 1024 * 1024;

/** One request to the keeper; its answer, checked against `answer`. */
export async function requestKeeper<Answer>(
  socketPath: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  answer: z.ZodType<Answer>,
  options: { body?: unknown; timeoutMs: number },
): Promise<Answer> {
  const name = `${method} ${path}`;
  const { status, content } = await send(socketPath, method, path, options).catch((cause: unknown) => {
    throw new KeeperUnavailable(name, { cause });
  });
  if (status >= 400) throw refusal(name, status, content);
  const parsed = answer.safeParse(content);
  if (!parsed.success) throw new KeeperUnavailable(name, { cause: parsed.error });
  return parsed.data;
}

async function send(
  socketPath: string,
  method: string,
  path: string,
  options: { body?: unknown; timeoutMs: number },
): Promise<{ status: number; content: unknown }> {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = request({
    socketPath,
    method,
    path,
    agent: false,
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  outgoing.on('response', resolve).on('error', reject).end(body);
  const response = await promise;
  const bytes = await readAnswer(response);
  return { status: response.statusCode ?? 0, content: bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8')) };
}

async function readAnswer(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw new Error(`answer is larger than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal(name: string, status: number, content: unknown): Error {
  const parsed = keeperError.safeParse(content);
  if (!parsed.success) return new KeeperUnavailable(name, { cause: new Error(`status ${status} without a reason`) });
  return new KeeperRefusal(name, { status, code: parsed.data.error.code, text: parsed.data.error.message });
}
