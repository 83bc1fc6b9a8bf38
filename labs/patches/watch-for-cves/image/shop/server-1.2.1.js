// The harbour shop greets whoever POSTs { "guest": "…" } as JSON.
const { createHash } = require('node:crypto');
const { createServer } = require('node:http');
const { join } = require('node:path');
const ejs = require('ejs');

const page = join(__dirname, 'page.ejs');

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://shop');
  if (pathname === '/id') {
    response.end(
      createHash('sha256')
        .update(`${process.env.APP_KEY}:${searchParams.get('nonce')}`)
        .digest('hex'),
    );
    return;
  }
  try {
    let body = '';
    for await (const part of request) body += part;
    const { guest = 'guest' } = body === '' ? {} : JSON.parse(body);
    const html = await ejs.renderFile(page, { guest: String(guest) });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  } catch (error) {
    response.statusCode = 400;
    response.end(`${error.message.split('\n').pop()}\n`);
  }
}).listen(80);
process.on('SIGTERM', () => process.exit());
