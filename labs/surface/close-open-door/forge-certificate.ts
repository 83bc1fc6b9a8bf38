import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import type { Identity } from './knock.ts';

/** SEQUENCE { OBJECT IDENTIFIER ecdsa-with-SHA256 } (RFC 5758, section 3.2). */
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

const sequence = 0x30;
const bitString = 0x03;
const explicitVersion = 0xa0;

/**
 * The likeness of a client certificate (PEM): the same names, number, dates and purposes, but with a key of ours and signed by it. Who checks signatures refuses it;
 * who looks at names only, or wants no more than any certificate, lets it in. Layout: RFC 5280, section 4.1.
 */
export function forgeCertificate(original: string): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const [signed] = childrenOf(new X509Certificate(original).raw);
  if (signed === undefined) throw new Error('Cannot read the certificate to be forged: it is empty');
  const fields = childrenOf(signed);
  const first = fields[0]?.[0] === explicitVersion ? 1 : 0;
  fields[first + 1] = ecdsaWithSha256;
  fields[first + 5] = publicKey.export({ type: 'spki', format: 'der' });
  const body = element(sequence, ...fields);
  const signature = element(bitString, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = element(sequence, body, ecdsaWithSha256, signature);
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${(certificate.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The elements directly inside a DER element, each whole with its header. */
function childrenOf(whole: Buffer): Buffer[] {
  const children: Buffer[] = [];
  const { start, end } = extentOf(whole, 0);
  for (let at = start; at < end;) {
    const child = extentOf(whole, at);
    children.push(whole.subarray(at, child.end));
    at = child.end;
  }
  return children;
}

/** Where the content of the element at `at` starts and ends. A length of 128 and more is written as the number of its bytes and those bytes (X.690, 8.1.3). */
function extentOf(bytes: Buffer, at: number): { start: number; end: number } {
  const short = bytes.readUInt8(at + 1);
  if (short < 0x80) return { start: at + 2, end: at + 2 + short };
  const start = at + 2 + (short & 0x7f);
  return { start, end: start + bytes.readUIntBE(at + 2, short & 0x7f) };
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}
