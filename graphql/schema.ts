/** The executable schema: the SDL files beside this one and the resolvers. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars';

import { Bill, BillDocument, Period } from './resolvers/bill';
import { BillingAccount } from './resolvers/billingAccount';
import { Capabilities, ConnectionHealth, ProviderConnection } from './resolvers/providerConnection';
import { Node, Query } from './resolvers/query';
import { Characteristic, Rate } from './resolvers/rate';
import { Reconciliation } from './resolvers/reconciliation';
import { currencyScalar, decimalScalar, instantScalar } from './resolvers/scalars';
import { SourceStatus } from './resolvers/source';
import { SpendRow } from './resolvers/spend';

/** Beside the sources as beside the bundle. */
const SDL_FOLDER = join(__dirname, 'schema');

export function buildSchema(): GraphQLSchema {
	return makeExecutableSchema({
		typeDefs: readdirSync(SDL_FOLDER)
			.filter((name) => name.endsWith('.graphql'))
			.sort()
			.map((name) => readFileSync(join(SDL_FOLDER, name), 'utf8')),
		resolvers: {
			Decimal: decimalScalar,
			DateTimeISO: instantScalar,
			Currency: currencyScalar,
			LocalDate: GraphQLLocalDate,
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
		},
	});
}
