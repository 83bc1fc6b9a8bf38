'use strict';
// A small upload service. POST /upload?name=NAME · GET /files/NAME · GET /id?nonce=N · GET /
const { createHash } = require('node:crypto');
const { mkdirSync } = require('node:fs');
const { chmod, readFile, writeFile } = require('node:fs/promises');
const http = require('node:http');
const path = require('node:path');

const port = Number(process.env.PORT ?? 80);
const uploads = process.env.UPLOADS ?? path.join(__dirname, 'uploads');
const appKey = 'hafen-upload-7d1f';
const maxBytes = 16 * 1024 * 1024;

try {
  mkdirSync(uploads, { recursive: true });
} catch (error) {
  console.error(`Cannot create ${uploads}: ${error.message}`);
}

const server = http.createServer((request, response) => {
  answer(request).then(
    ([status, body, type = 'text/plain; charset=utf-8']) => response.writeHead(status, { 'content-type': type }).end(body),
    (error) => {
      const status = statusOf(error);
      if (status === 500) console.error(error);
      if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`${error.message}\n`);
    },
  );
});
server.listen(port, () => console.log(`uploads: ${uploads}, port ${port}, uid ${process.getuid()}, gid ${process.getgid()}`));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}

async function answer(request) {
  const url = addressOf(request);
  if (request.method === 'POST' && url.pathname === '/upload') return store(request, url);
  if (request.method !== 'GET') throw refusal(405, `${request.method} is not possible here`);
  if (url.pathname === '/') return [200, await readFile(path.join(__dirname, 'index.html')), 'text/html; charset=utf-8'];
  if (url.pathname === '/id') {
    const nonce = url.searchParams.get('nonce') ?? '';
    return [200, `${createHash('sha256').update(`${appKey}:${nonce}`).digest('hex')}\n`];
  }
  if (url.pathname.startsWith('/files/')) {
    return [200, await readFile(placeOf(decode(url.pathname.slice('/files/'.length)))), 'application/octet-stream'];
  }
  throw refusal(404, `There is nothing at ${url.pathname}`);
}

function addressOf(request) {
  try {
    return new URL(`http://upload${request.url}`);
  } catch {
    throw refusal(400, `not an address: ${request.url}`);
  }
}

async function store(request, url) {
  const name = url.searchParams.get('name');
  if (!name) throw refusal(400, 'name is missing: POST /upload?name=report.txt');
  const mode = request.headers['x-mode'];
  if (mode !== undefined && !/^[0-7]{3,4}$/.test(mode)) throw refusal(400, `X-Mode is not an octal mode such as 0644: ${mode}`);
  const place = placeOf(name);
  await writeFile(place, await bodyOf(request));
  if (mode !== undefined) await chmod(place, Number.parseInt(mode, 8));
  return [201, `stored ${name}\n`];
}

function placeOf(name) {
  return path.join(uploads, name);
}

function decode(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    throw refusal(400, `not a file name: ${name}`);
  }
}

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw refusal(413, `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal(status, message) {
  return Object.assign(new Error(message), { status });
}

const statusOfCode = {
  EACCES: 403,
  EPERM: 403,
  EROFS: 403,
  ENOENT: 404,
  EISDIR: 400,
  ENOTDIR: 400,
  ENAMETOOLONG: 400,
  ERR_INVALID_ARG_VALUE: 400,
  ENOSPC: 507,
  EDQUOT: 507,
};

function statusOf(error) {
  return error.status ?? statusOfCode[error.code] ?? 500;
}
