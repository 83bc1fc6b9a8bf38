// The harbour office's reports: one line a ship, in files below /data.
const { exec } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');

const reports = '/data';
const page = readFileSync(join(__dirname, 'index.html'));

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://report');
  if (pathname === '/export') return exportReport(searchParams.get('file') ?? '', response);
  if (pathname === '/') return response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  response.writeHead(404).end('no such page\n');
}).listen(Number(process.env.PORT ?? 8080));
process.on('SIGTERM', () => process.exit());

// Customs wants the lines in order.
function exportReport(file, response) {
  exec(`sort ${file}`, { cwd: reports }, (error, lines) => {
    response.writeHead(error ? 404 : 200, { 'content-type': 'text/plain; charset=utf-8' }).end(error ? 'no such report\n' : lines);
  });
}
