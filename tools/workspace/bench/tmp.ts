import { measureServe } from './serve.ts'; console.log(JSON.stringify(await measureServe()));
