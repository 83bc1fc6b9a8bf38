/** Raw Ethernet frames as hex, for native/frames.c. Addresses are written as people do: `02:42:…`, `10.213.0.2`, full IPv6. */
const macBytes = (mac: string): string => mac.replaceAll(':', '');
const ipBytes = (address: string): string => Buffer.from(address.split('.').map(Number)).toString('hex');
const word = (value: number): string => value.toString(16).padStart(4, '0');

export const broadcast = 'ff:ff:ff:ff:ff:ff';

/** `type`: EtherType, or the length field of an 802.3 frame. Padded to the least that goes over a wire. */
export function ethernet(to: string, from: string, type: number, payload: string): string {
  return `${macBytes(to)}${macBytes(from)}${word(type)}${payload}`.padEnd(120, '0');
}

/** The same in a VLAN (IEEE 802.1Q), or in two (802.1ad). */
export function tagged(frame: string, ...vlans: readonly number[]): string {
  const tags = vlans.map((vlan, index) => `${index < vlans.length - 1 ? '88a8' : '8100'}${word(vlan)}`).join('');
  return `${frame.slice(0, 24)}${tags}${frame.slice(24)}`;
}

/** An ARP answer (RFC 826): `address` is at `mac`. With trailing bytes, which ARP ignores. */
export function arpAnswer(to: string, mac: string, address: string, asker: { readonly mac: string; readonly address: string }, trailer = ''): string {
  const body = `0001080006040002${macBytes(mac)}${ipBytes(address)}${macBytes(asker.mac)}${ipBytes(asker.address)}`;
  return ethernet(to, mac, 0x0806, `${body}${trailer}`);
}

/** A UDP datagram in IPv4 (RFC 791, 768). `options`: IPv4 options, a multiple of four bytes. Without a UDP checksum, as IPv4 allows. */
export function udp(from: string, to: string, port: number, payload: string, options = ''): string {
  const headerWords = 5 + options.length / 8;
  const length = payload.length / 2 + 8;
  const header = (checksum: number): string =>
    `4${headerWords.toString(16)}00${word(headerWords * 4 + length)}000000004011${word(checksum)}${ipBytes(from)}${ipBytes(to)}${options}`;
  return `${header(checksumOf(header(0)))}${word(40_000)}${word(port)}${word(length)}0000${payload}`;
}

/** Loose source routing through `via` (RFC 791). */
export const sourceRoute = (via: string): string => `830704${ipBytes(via)}00`;

/** A router advertisement (RFC 4861) with a prefix, from a link-local address to all nodes; `trailer` lies in an unknown option. */
export function routerAdvertisement(trailer: string): string {
  const [from, to] = [`fe80${'0'.repeat(24)}1234`, `ff02${'0'.repeat(26)}01`];
  const prefix = `030440c0${'00000e10'.repeat(2)}00000000${'20010db8'.padEnd(32, '0')}`;
  const unknown = `fe${(1 + trailer.length / 16).toString(16).padStart(2, '0')}${'0'.repeat(12)}${trailer}`;
  const body = (checksum: number): string => `8600${word(checksum)}4000070800000000000000000${'0'.repeat(7)}`.slice(0, 32) + prefix + unknown;
  const length = body(0).length / 2;
  const pseudo = `${from}${to}${length.toString(16).padStart(8, '0')}0000003a`;
  return `60000000${word(length)}3aff${from}${to}${body(checksumOf(pseudo + body(0)))}`;
}

/** The Internet's checksum (RFC 1071). */
function checksumOf(hex: string): number {
  let sum = 0;
  for (let at = 0; at < hex.length; at += 4) sum += Number.parseInt(hex.slice(at, at + 4).padEnd(4, '0'), 16);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
