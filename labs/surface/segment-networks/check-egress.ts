import { ConnectionFailed, Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { findService, type Tools } from './services.ts';

/** kv opens no connection to the outside, where the Docker host itself can open one. */
export async function checkEgress({ sandbox, notYet }: Tools): Promise<Evidence> {
  const kv = await findService(sandbox, 'kv');
  const text = sandbox.random();
  const { address, port } = await sandbox.plantOutsideListener(text);
  const where = `${address}:${port}, in the attacker's network`;
  const { output } = await kv.twin(`wget -q -T 2 -O - http://${address}:${port}/ 2>&1; echo ended`, { timeoutMs: 6000 });
  if (output.includes(text)) throw notYet('kv-egress', [`a copy of kv got an answer from ${where}`]);
  if (!output.includes('ended')) throw new Inconclusive('control-failed', ['wget in a copy of kv did not end']);
  try {
    const { body } = await sandbox.http({ from: 'dockerhost', host: address, port, path: '/' });
    if (!body.includes(text)) throw new Inconclusive('control-failed', [`the Docker host got another answer from ${where}`]);
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw new Inconclusive('control-failed', [`not even the Docker host connects to ${where}: ${error.message}`]);
  }
  return [`a copy of kv gets no answer from ${where}: ${output.split('\n')[0] ?? ''}`, 'the Docker host gets one'];
}
