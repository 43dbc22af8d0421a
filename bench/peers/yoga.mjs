// GraphQL Yoga with graphql-jit, on node:http as its documentation sets it up.
import { createServer } from 'node:http';

import { useGraphQlJit } from '@envelop/graphql-jit';
import { createSchema, createYoga } from 'graphql-yoga';

import { connect, resolvers, sourceOf, typeDefs } from './graph.mjs';

const billing = await connect();
const yoga = createYoga({
	schema: createSchema({ typeDefs, resolvers }),
	context: () => ({ source: sourceOf(billing, true) }),
	plugins: [useGraphQlJit()],
	logging: false,
});
const server = createServer(yoga).listen(0, '127.0.0.1', () => {
	console.log(`Ready: http://127.0.0.1:${server.address().port}`);
});
