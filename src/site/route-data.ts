import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** On lab pages the text shares the width with the terminal: no navigation beside it, no table of contents. */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const route = locals.starlightRoute;
  if (route.entry.data.lab === undefined) return;
  route.hasSidebar = false;
  route.toc = undefined;
});
