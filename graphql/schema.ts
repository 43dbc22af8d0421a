/** The executable schema: the SDL files beside this one and the resolvers. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';

import { subgraphResolvers } from './federation/entities';
import { SUBGRAPH_MACHINERY, SUBGRAPH_SDL } from './federation/subgraphSdl';
import { withMasks } from './masking';
import { Bill, BillDocument, Period } from './resolvers/bill';
import { BillingAccount } from './resolvers/billingAccount';
import { Capabilities, ConnectionHealth, ProviderConnection } from './resolvers/providerConnection';
import { Node, Query } from './resolvers/query';
import { Characteristic, Rate } from './resolvers/rate';
import { Reconciliation } from './resolvers/reconciliation';
import { currencyScalar, decimalScalar, instantScalar, localDateScalar } from './resolvers/scalars';
import { SourceStatus } from './resolvers/source';
import { SpendRow } from './resolvers/spend';

/** Of the sources, or of the bundle: what is read at run time lies in it. */
export const graphFolder = __dirname;

const SDL_FOLDER = join(graphFolder, 'schema');

export function sdlTexts(): readonly string[] {
	return readdirSync(SDL_FOLDER)
		.filter((name) => name.endsWith('.graphql'))
		.sort()
		.map((name) => readFileSync(join(SDL_FOLDER, name), 'utf8'));
}

export function buildSchema(): GraphQLSchema {
	return withMasks(makeExecutableSchema({ typeDefs: [...sdlTexts()], resolvers }));
}

/** The same graph as a subgraph of Apollo Federation 2. */
export function buildSubgraph(): GraphQLSchema {
	const own = [...sdlTexts(), SUBGRAPH_SDL];
	const typeDefs = [...own, SUBGRAPH_MACHINERY];
	return withMasks(makeExecutableSchema({ typeDefs, resolvers: [resolvers, subgraphResolvers(own.join('\n'))] }));
}

const resolvers = {
	Decimal: decimalScalar,
	DateTimeISO: instantScalar,
	Currency: currencyScalar,
	LocalDate: localDateScalar,
	JSONObject: GraphQLJSONObject,
	Query,
	Node,
	Bill,
	BillDocument,
	BillingAccount,
	Capabilities,
	Characteristic,
	ConnectionHealth,
	Period,
	ProviderConnection,
	Rate,
	Reconciliation,
	SourceStatus,
	SpendRow,
};
