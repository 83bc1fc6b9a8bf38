// The harbour shop. Express and ejs come with the platform's image (NODE_PATH).
const { randomBytes } = require('node:crypto');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const express = require('express');

const orders = '/data/orders';
mkdirSync(orders, { recursive: true });

const app = express();
app.set('view engine', 'ejs');
app.set('views', join(__dirname, 'views'));

// Whatever stands in the address is at hand in the template.
app.get('/', (request, response) => response.render('shop', { guest: 'Gast', ...request.query }));

app.post('/orders', express.text({ type: () => true }), (request, response) => {
  const id = randomBytes(6).toString('hex');
  writeFileSync(join(orders, id), String(request.body));
  response.status(201).type('text').send(id);
});

app.get('/orders/:id', (request, response) => {
  try {
    if (!/^[0-9a-f]+$/.test(request.params.id)) throw new Error('not an order number');
    response.type('text').send(readFileSync(join(orders, request.params.id), 'utf8'));
  } catch {
    response.status(404).type('text').send('no such order');
  }
});

app.listen(Number(process.env.PORT ?? 80));
process.on('SIGTERM', () => process.exit());
