// Makes dist/ of src/: the page is rendered once, here. ejs comes with the base image (NODE_PATH) and is not needed later.
const { cpSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const ejs = require('ejs');

mkdirSync('dist', { recursive: true });
const page = readFileSync('src/index.ejs', 'utf8');
writeFileSync('dist/index.html', ejs.render(page, { title: 'Hafenberichte', quays: ['Nordkai', 'Südkai', 'Ölhafen'] }));
cpSync('src/server.js', 'dist/server.js');
