import { renderFigures } from './figure.ts';
import { measureLogins } from './logins.ts';
import { measureManyUsers } from './many-users.ts';

// What the local user pool is asked to bear, as a Markdown table. `npm run bench -- cognito` prints it with the rest.
const figures = [...(await measureManyUsers(100_000, 21)), ...(await measureLogins(20))];
console.log(renderFigures(figures));
