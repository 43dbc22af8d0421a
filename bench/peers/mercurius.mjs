// Mercurius with its own just-in-time compiler, on Fastify.
import Fastify from 'fastify';
import mercurius from 'mercurius';

import { connect, resolvers, sourceOf, typeDefs } from './graph.mjs';

const { Node, ...others } = resolvers;
const billing = await connect();
const app = Fastify();
await app.register(mercurius, {
	schema: typeDefs,
	resolvers: { ...others, Node: { resolveType: Node.__resolveType } },
	context: () => ({ source: sourceOf(billing, true) }),
	jit: 1,
});
console.log(`Ready: ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
