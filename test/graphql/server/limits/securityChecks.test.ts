/** The 13 checks of graphql-cop 1.15, replayed on a server in production: none finds what it looks for. */
import { ProviderConnections } from '../../../../graphql/providerConnections';
import { type AppOptions, type GraphServer, buildServer } from '../../../../graphql/server/app';
import { IN_PRODUCTION, OPEN_ON_THIS_MACHINE } from '../../support/appOptions';
import { MemoryConnector } from '../../support/memoryConnector';
import { bill } from '../../support/records';

interface Found {
	readonly data?: Readonly<Record<string, unknown>> | null;
	readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
	readonly extensions?: Readonly<Record<string, unknown>>;
}

async function start(mode: typeof IN_PRODUCTION): Promise<{ server: GraphServer; url: string }> {
	const brm = new MemoryConnector({ connection: 'brm', bills: [bill()] });
	const options: AppOptions = {
		...mode,
		connections: new ProviderConnections([brm.configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: () => undefined,
	};
	const server = await buildServer(options);
	return { server, url: await server.app.listen({ port: 0, host: '127.0.0.1' }) };
}

let server: GraphServer;
let url: string;

beforeAll(async () => {
	({ server, url } = await start(IN_PRODUCTION));
});

afterAll(() => server.close());

/** As graphql-cop asks. */
async function post(query: string, at = url): Promise<Found> {
	const response = await fetch(`${at}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: '*/*' },
		body: JSON.stringify({ query, operationName: 'cop' }),
	});
	return (await response.json()) as Found;
}

async function textOf(path: string, init: RequestInit = {}): Promise<string> {
	return (await fetch(`${url}${path}`, init)).text();
}

const aliases = (count: number): string =>
	`query cop { ${Array.from({ length: count }, (_, index) => `alias${index}: __typename`).join(' ')} }`;
const CIRCLE =
	'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';

it('answers what is meant', async () => {
	expect(await post('query cop { __typename }')).toEqual({ data: { __typename: 'Query' } });
});

it('alias overloading: 101 aliases are too many', async () => {
	const { data, errors } = await post(aliases(101));
	expect(data).toBeUndefined();
	expect(errors?.[0]?.message).toBe('The query has more than 30 aliases');
});

it('array-based query batching: one question at a time', async () => {
	const body = JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
	const answer = JSON.parse(
		await textOf('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
	) as unknown;
	expect(answer).not.toBeInstanceOf(Array);
});

it('introspection-based circular query: the schema does not go round in circles, nor is it told', async () => {
	expect((await post(CIRCLE)).data).toBeUndefined();
});

it('directive overloading: ten mistakes are not told ten times', async () => {
	const { errors } = await post(`query cop { __typename ${'@aa'.repeat(10)} }`);
	expect(errors).toBeDefined();
	expect(errors?.length).toBeLessThan(10);
});

it('field duplication: 500 times the same field', async () => {
	const { data, errors } = await post(`query cop { ${'__typename \n'.repeat(500)} }`);
	expect(data).toBeUndefined();
	expect(errors?.[0]?.message).toBe('The query has more than 5 repetitions of a field');
});

it('field suggestions: no hint at what there is', async () => {
	for (const query of ['query cop { __schema { directive } }', 'query cop { bils { nodes { id } } }']) {
		expect(JSON.stringify(await post(query))).not.toContain('Did you mean');
	}
});

it('introspection: the schema is not told', async () => {
	expect((await post('query cop { __schema { types { name fields { name } } } }')).data).toBeUndefined();
});

it('mutation over GET', async () => {
	expect(await textOf('/graphql?query=mutation cop {__typename}')).not.toContain('"data"');
});

it('query over GET, as a link in a page would ask', async () => {
	expect(await textOf('/graphql?query=query cop {__typename}')).not.toContain('"data"');
});

it('url-encoded POST, as a form in a page would ask', async () => {
	const body = new URLSearchParams({ query: 'query cop { __typename }' });
	expect(await textOf('/graphql', { method: 'POST', body })).not.toContain('"data"');
});

it.each(['/graphql', '/explorer', '/graphiql', '/playground', '/'])('GraphQL IDE: none at %s', async (path) => {
	const page = await textOf(path, { headers: { accept: 'text/html' } });
	for (const word of ['graphiql.min.css', 'GraphQL Playground', 'GraphiQL', 'graphql-playground', 'explorer.js']) {
		expect(page).not.toContain(word);
	}
});

it('trace mode: no answer tells how it was made', async () => {
	const answer = await post('query cop { __typename }');
	expect(answer.extensions?.['tracing']).toBeUndefined();
	expect(JSON.stringify(await post('query cop { abc }'))).not.toContain('tracing');
});

it('unhandled error: no exception, no stack', async () => {
	const { errors } = await post('qwerty cop { abc }');
	expect(errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
	expect(JSON.stringify(errors)).not.toMatch(/stacktrace|exception|\.js:/);
});

describe('for a developer', () => {
	let developers: { server: GraphServer; url: string };
	beforeAll(async () => {
		developers = await start(OPEN_ON_THIS_MACHINE);
	});
	afterAll(() => developers.server.close());

	it('the schema is told, and what may have been meant, but no circle and no flood', async () => {
		const ask = (query: string): Promise<Found> => post(query, developers.url);
		expect((await ask('query cop { __schema { types { name fields { name } } } }')).data).toBeDefined();
		expect(JSON.stringify(await ask('query cop { bils { nodes { id } } }'))).toContain('Did you mean');
		expect((await ask(CIRCLE)).data).toBeUndefined();
		expect((await ask(aliases(101))).data).toBeUndefined();
	});

	it('the explorer is there', async () => {
		expect((await fetch(`${developers.url}/explorer`)).status).toBe(200);
	});
});
