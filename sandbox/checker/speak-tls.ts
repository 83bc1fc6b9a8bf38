import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { HttpRequest } from '#lab';

/**
 * Speaks TLS on a connection that stands already. With `ca` the server's certificate must lead to it; with `name`, a host's name or an address, it must be
 * for that one, by its subject alternative names: like Docker, nobody looks at the common name any more.
 * Rejects with OpenSSL's reason when the two do not agree, e.g. because the server wants a certificate of ours.
 */
export function speakTls(socket: Socket, { ca, certificate, key, name }: NonNullable<HttpRequest['tls']>): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
      ...(name === undefined || isIP(name) !== 0 ? {} : { servername: name }),
      rejectUnauthorized: ca !== undefined,
      // Asked below, so that a name can be wanted without an authority.
      checkServerIdentity: () => undefined,
    });
    secured.once('secureConnect', () => {
      if (name === undefined || isFor(secured, name)) return resolve(secured);
      secured.destroy();
      reject(new Error(`the certificate is not for ${name}`));
    });
    secured.once('error', reject);
    // Cut off without a word, e.g. by somebody who speaks no TLS.
    secured.once('close', () => reject(new Error('the connection was closed during the TLS handshake')));
  });
}

function isFor(secured: TLSSocket, name: string): boolean {
  const certificate = secured.getPeerX509Certificate();
  const matching = isIP(name) === 0 ? certificate?.checkHost(name, { subject: 'never' }) : certificate?.checkIP(name);
  return matching !== undefined;
}
