import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionFailed } from '#lab';
import type { HttpAnswer, HttpRequest } from '#lab';
import { ConnectionFailed as RelayFailed } from '../keeper/relay.ts';
import { speakTls } from './speak-tls.ts';
import type { Subject } from './subject.ts';

const maxBodyBytes = 1024 * 1024;
const defaultTimeoutMs = 2500;

export interface Connection {
  readonly socket: Socket;
  /** Our end, as the other side sees it. */
  readonly localAddress: string;
  readonly localPort: number;
}

/** Opens a TCP connection from the checker's own place on the sandbox's network, or from the Docker host's own network. */
export async function connectFromVantage(
  subject: Subject,
  host: string,
  port: number,
  timeoutMs: number,
  from: HttpRequest['from'] = 'attacker',
): Promise<Connection> {
  const relay = await subject.parts.relay(from === 'attacker' ? 'vantage' : 'dockerhost');
  try {
    return await relay.connectTcp(host, port, timeoutMs);
  } catch (error) {
    if (error instanceof RelayFailed) throw new ConnectionFailed(`${host}:${port} ${error.code}`, { cause: error });
    throw error;
  }
}

/** Sends one HTTP request from the checker's own place. `whenConnected` may look at the connection before anything is sent. */
export async function sendHttp(
  subject: Subject,
  request: HttpRequest,
  whenConnected: (connection: Connection) => Promise<void> = async () => undefined,
): Promise<HttpAnswer> {
  const host = request.host ?? subject.parts.address;
  const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
  const started = performance.now();
  const connection = await connectFromVantage(subject, host, request.port, timeoutMs, request.from);
  await whenConnected(connection);
  const socket = request.tls === undefined ? connection.socket : await secure(connection.socket, request.tls, `${host}:${request.port}`, timeoutMs);
  const answer = await exchange(socket, host, request, timeoutMs);
  return { ...answer, milliseconds: Math.round(performance.now() - started) };
}

async function secure(socket: Socket, tls: NonNullable<HttpRequest['tls']>, target: string, timeoutMs: number): Promise<Socket> {
  const timer = setTimeout(() => socket.destroy(new Error(`no TLS handshake within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await speakTls(socket, tls);
  } catch (error) {
    socket.destroy();
    throw new ConnectionFailed(`${target} TLS: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function exchange(socket: Socket, host: string, request: HttpRequest, timeoutMs: number): Promise<Omit<HttpAnswer, 'milliseconds'>> {
  return new Promise((resolve, reject) => {
    const what = `${request.method ?? 'GET'} ${request.path.slice(0, 100)} on ${host}:${request.port}`;
    const fail = (reason: string): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(new ConnectionFailed(`${what}: ${reason}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const outgoing = httpRequest(
      {
        createConnection: () => socket,
        host,
        port: request.port,
        path: request.path,
        method: request.method ?? 'GET',
        headers: { connection: 'close', ...(body === undefined ? {} : { 'content-length': String(body.length) }), ...request.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const finish = (): void => {
          clearTimeout(timer);
          socket.destroy();
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
          );
          resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).subarray(0, maxBodyBytes).toString() });
        };
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > maxBodyBytes) finish();
        });
        response.on('end', finish);
        response.on('error', (error) => fail(error.message));
      },
    );
    outgoing.on('error', (error) => fail(error.message));
    outgoing.end(body);
  });
}
