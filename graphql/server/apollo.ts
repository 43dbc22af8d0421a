/** Apollo Server: what it refuses, what it tells, and what it answers. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
	ApolloServerPluginCacheControlDisabled,
	ApolloServerPluginInlineTraceDisabled,
	ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';

import type { GraphContext } from '../context';
import { costs } from '../cost/costPlugin';
import { formatError } from '../errors';
import { documentLimits } from './limits/documentLimits';
import { legacyStatus } from './limits/legacyStatus';
import type { LimitsConfig } from './limits/limitsConfig';
import { knownOperationTypes } from './limits/operationTypes';
import { parsedDocuments } from './limits/parsedDocuments';
import { type PersistedOperations, manifestCache } from './limits/persistedOperations';
import { partialErrors } from './partialErrors';

export interface ApolloOptions {
	readonly schema: GraphQLSchema;
	readonly limits: LimitsConfig;
	/** Whether the schema may be asked for. */
	readonly introspection: boolean;
	/** Whether errors tell a client that is mistaken what it may have meant. */
	readonly suggestions: boolean;
	/** Null: none were written down beforehand. */
	readonly manifest: PersistedOperations | null;
	readonly reportFault: (error: unknown) => void;
	/** Besides its own. */
	readonly plugins: readonly ApolloServerPlugin<GraphContext>[];
}

export function graphApollo(options: ApolloOptions): ApolloServer<GraphContext> {
	const { schema, limits, introspection, suggestions, manifest, reportFault } = options;
	return new ApolloServer<GraphContext>({
		schema,
		csrfPrevention: true,
		allowBatchedHttpRequests: false,
		introspection,
		hideSchemaDetailsFromClientErrors: !suggestions,
		includeStacktraceInErrorResponses: false,
		stopOnTerminationSignals: false,
		parseOptions: { maxLexicalTokens: limits.tokens },
		validationRules: [documentLimits(limits), knownOperationTypes],
		validationOptions: { maxErrors: limits.errors },
		maxRecursiveSelections: limits.selections,
		documentStore: parsedDocuments(),
		...(manifest === null ? {} : { persistedQueries: { cache: manifestCache(manifest) } }),
		formatError: (formatted, error) =>
			isRefusal(error) ? withoutFault(formatted) : formatError(formatted, error, reportFault),
		plugins: [
			// First: whoever looks at an answer sees all its errors.
			partialErrors,
			...options.plugins,
			costs,
			legacyStatus,
			// Its hook around every field costs nearly half of a query's time; what is cacheable is decided elsewhere.
			ApolloServerPluginCacheControlDisabled(),
			// Wraps every field of a subgraph, and shows whoever asks how long each took.
			ApolloServerPluginInlineTraceDisabled(),
			// Apollo's own page loads from a CDN.
			ApolloServerPluginLandingPageDisabled(),
		],
	});
}

/** Apollo refuses some requests with a status of the client's fault and the code of the server's. */
function isRefusal(error: unknown): boolean {
	const http: unknown = error instanceof GraphQLError ? error.extensions['http'] : null;
	return typeof http === 'object' && http !== null && 'status' in http && Number(http.status) < 500;
}

function withoutFault(formatted: GraphQLFormattedError): GraphQLFormattedError {
	if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
	return { ...formatted, extensions: { code: 'BAD_REQUEST' } };
}
