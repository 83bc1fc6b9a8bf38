/**
 * The release team's key, as in image/keys: whoever makes releases has it, the Docker host has only the public half. It signs nothing but images of this lab,
 * so its being public harms nobody: who verifies signatures lets in no more than before.
 */
export const releaseKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIO4y9+y5X0OEHnK6xhix093pBlma2xK1NJnJ9sLHVLb8oAoGCCqGSM49
AwEHoUQDQgAEv+AmY/ULVL9zd5gxMerfkKJCDp3tRKCGElchTCk0r6hn4I4qeWuB
dZ4wCxZB3UwAc4vb5w6gvJ2W6R4/BUV5kg==
-----END EC PRIVATE KEY-----
`;

/** As in start/root/keys/release.pub. */
export const releasePublicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEv+AmY/ULVL9zd5gxMerfkKJCDp3t
RKCGElchTCk0r6hn4I4qeWuBdZ4wCxZB3UwAc4vb5w6gvJ2W6R4/BUV5kg==
-----END PUBLIC KEY-----
`;
