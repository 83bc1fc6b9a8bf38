import Docker from 'dockerode';

export type { Container, ContainerCreateOptions, ContainerInspectInfo } from 'dockerode';

/** A connection to our own engine. Only this folder knows dockerode. */
export type Engine = Docker;

export function connectEngine(socketPath: string): Engine {
  return new Docker({ socketPath });
}

/** Takes "there is no such thing" (404), "it is so already" (304) and "somebody else is removing it" (409) as success. */
export async function unlessGone<T>(action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    if ([304, 404, 409].includes(statusOf(error))) return undefined;
    throw error;
  }
}

/** HTTP status of an error of the engine; 0 when it has none. */
export function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}
