import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Descriptor, Registry } from './registry.ts';
import { digestOf, registryName, repository } from './registry.ts';
import { releasePublicKey } from './release-key.ts';

/** What cosign signs, and where the signature goes (sigstore/cosign, specs/SIGNATURE_SPEC.md). */
const payloadType = 'application/vnd.dev.cosign.simplesigning.v1+json';
const signatureAnnotation = 'dev.cosignproject.cosign/signature';
const configType = 'application/vnd.oci.image.config.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** The tag under which cosign keeps the signatures of a digest. */
function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** Does the registry hold a signature of the release team's for exactly this digest? Verified here, with the checker's own copy of the public key. */
export async function isReleased(registry: Registry, digest: string): Promise<boolean> {
  const key = createPublicKey(releasePublicKey);
  const found = await registry.manifest(signatureTag(digest));
  for (const layer of found?.manifest.layers.slice(0, 20) ?? []) if (await isSignatureFor(registry, layer, digest, key)) return true;
  return false;
}

/** Signs `digest` as cosign does and pushes the signature; gives the digest of its manifest. `about` another digest makes it a borrowed one. */
export async function pushSignature(registry: Registry, digest: string, key: KeyObject, about = digest): Promise<string> {
  const identity = { 'docker-reference': `${registryName}/${repository}` };
  const payload = JSON.stringify({
    critical: { identity, image: { 'docker-manifest-digest': about }, type: 'cosign container image signature' },
    optional: null,
  });
  const layer = await registry.pushBlob(payload, payloadType);
  const config = await registry.pushBlob(
    JSON.stringify({ architecture: '', os: '', config: {}, rootfs: { type: 'layers', diff_ids: [digestOf(payload)] } }),
    configType,
  );
  const annotations = { [signatureAnnotation]: sign('sha256', Buffer.from(payload), key).toString('base64') };
  const manifest = { schemaVersion: 2, mediaType: manifestType, config, layers: [{ ...layer, annotations }] };
  return registry.pushManifest(signatureTag(digest), manifest, manifestType);
}

async function isSignatureFor(registry: Registry, layer: Descriptor, digest: string, key: KeyObject): Promise<boolean> {
  const signature = layer.annotations?.[signatureAnnotation];
  const payload = signature === undefined ? undefined : await registry.blob(layer.digest);
  if (signature === undefined || payload === undefined || !verify('sha256', Buffer.from(payload), key, Buffer.from(signature, 'base64'))) return false;
  const { critical } = JSON.parse(payload) as { critical?: { image?: Record<string, string> } };
  return critical?.image?.['docker-manifest-digest'] === digest;
}
