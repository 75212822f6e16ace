import 'reflect-metadata';

import { readRoutes } from './read-routes.ts';
import { routeLine } from './route.ts';

/** Prints the application's routes, as JSON with `--json`. */
const routes = await readRoutes();
console.log(process.argv.includes('--json') ? JSON.stringify(routes) : routes.map(routeLine).join('\n'));
