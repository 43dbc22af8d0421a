// Apollo Server on Fastify, as its documentation sets it up. `loaders` as argument: with a DataLoader for what a list needs.
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';

import { connect, resolvers, sourceOf, typeDefs } from './graph.mjs';

const batched = process.argv[2] === 'loaders';
const billing = await connect();
const apollo = new ApolloServer({ typeDefs, resolvers });
await apollo.start();
const app = Fastify();
await app.register(fastifyApollo(apollo), { context: async () => ({ source: sourceOf(billing, batched) }) });
console.log(`Ready: ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
