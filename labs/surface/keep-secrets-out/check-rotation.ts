import type { Evidence } from '#lab';
import { currentPassword, handedToken, leakedPassword, leakedToken, readSecret, seal } from './secrets.ts';
import { askArtifact, askOrder, findApi, parseArtifact, type Tools } from './services.ts';

const minLength = 16;

/** What leaked is worth nothing any more, and the new token and password work. */
export async function checkRotation(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const api = await findApi(tools);
  const version = `0.${Number.parseInt(sandbox.random(3), 16)}`;
  const nonce = sandbox.random();
  const oldToken = await askArtifact(tools, api, version, leakedToken(sandbox));
  if (oldToken.status !== 401) throw notYet('old-token-works', [`GET /cgi-bin/artifact with the leaked token: status ${oldToken.status}`]);
  const oldPassword = await askOrder(tools, api, nonce, leakedPassword(sandbox));
  if (oldPassword.status !== 401) throw notYet('old-password-works', [`GET /cgi-bin/order with the leaked password: status ${oldPassword.status}`]);

  const token = await readSecret(sandbox, handedToken);
  const newToken = await askArtifact(tools, api, version, token);
  const artifact = newToken.status === 200 ? parseArtifact(tools, newToken.body) : undefined;
  if (artifact?.version !== version) throw notYet('no-new-token', [`GET /cgi-bin/artifact with the token in ${handedToken}: status ${newToken.status}`]);
  const password = await currentPassword(sandbox);
  const newPassword = await askOrder(tools, api, nonce, password);
  if (newPassword.body.trim() !== `order ${nonce} ${seal(sandbox, 'order', nonce)}`)
    throw notYet('no-new-password', [`GET /cgi-bin/order with internal-api's password: status ${newPassword.status}`]);
  if (Math.min(token.length, password.length) < minLength)
    throw notYet('too-short', [`token: ${token.length} characters, password: ${password.length} characters`]);
  return ['leaked token and password: status 401', `token in ${handedToken}: status 200`, 'new password: status 200'];
}
