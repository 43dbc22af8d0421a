/** The graph as a subgraph of Apollo Federation 2, composed with a second one and asked as a router asks. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
	composeServices,
	assertCompositionSuccess,
	transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import { buildASTSchema, graphql, parse, validate } from 'graphql';

import { ProviderConnections } from '../../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../../graphql/server/app';
import { OPEN_ON_THIS_MACHINE } from '../support/appOptions';
import { MemoryConnector } from '../support/memoryConnector';
import { account, bill } from '../support/records';
import { type WireAnswer, askAt } from '../support/wire';

/** Somebody else's: who has approved which bill for payment. */
const APPROVALS = `
	extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
	type Query { approvals: [Approval!]! }
	type Approval { by: String! bill: Bill! account: BillingAccount! }
	type Bill @key(fields: "id") { id: ID! approvedBy: String }
	type BillingAccount @key(fields: "id", resolvable: false) { id: ID! }
`;
const ROUTERS_QUERY = '{ approvals { by bill { number total { amount currency } approvedBy } account { name } } }';
const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
	__typename
	... on Bill { id number total { amount currency } }
	... on BillingAccount { id name }
} }`;

let server: GraphServer;
let url: string;
let brm: MemoryConnector;

beforeEach(async () => {
	brm = new MemoryConnector({
		connection: 'brm',
		bills: ['1', '2', '3'].map((remoteId) => bill({ identity: { remoteId } })),
		accounts: [account()],
	});
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		federation: true,
		connections: new ProviderConnections([brm.configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: () => undefined,
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => server.close());

interface Shown {
	readonly id: string;
	readonly billingAccount: { readonly id: string };
}
async function bills(): Promise<readonly Shown[]> {
	const { data } = await askAt<{ bills: { nodes: readonly Shown[] } }>(
		url,
		'{ bills { nodes { id billingAccount { id } } } }',
	);
	return data.bills.nodes;
}

async function subgraphSdl(): Promise<string> {
	const { data } = await askAt<{ _service: { sdl: string } }>(url, '{ _service { sdl } }');
	return data._service.sdl;
}

const entities = (representations: readonly unknown[]): Promise<WireAnswer<{ _entities: readonly unknown[] }>> =>
	askAt(url, ENTITIES, { variables: { representations } });

it('composes with another subgraph into one graph, in which a question may go through both', async () => {
	const result = composeServices([
		{ name: 'billing', typeDefs: parse(await subgraphSdl()), url: `${url}/graphql` },
		{ name: 'approvals', typeDefs: parse(APPROVALS), url: 'http://127.0.0.1:1/graphql' },
	]);
	expect(result.errors ?? []).toEqual([]);
	assertCompositionSuccess(result);
	const supergraph = transformSupergraphToPublicSchema(parse(result.supergraphSdl));
	expect(validate(buildASTSchema(supergraph), parse(ROUTERS_QUERY))).toEqual([]);
});

it('is read by Apollo’s own subgraph library, and serves the SDL that it was made from', async () => {
	const sdl = await subgraphSdl();
	expect(() => buildSubgraphSchema(parse(sdl))).not.toThrow();
	expect(sdl).toContain('extend type Bill @key(fields: "id")');
	expect(sdl).not.toContain('_entities');
});

it('answers with a second subgraph as a router asks both: its references, then our entities, in one batch', async () => {
	const [first, second] = await bills();
	const others = buildSubgraphSchema({
		typeDefs: parse(APPROVALS),
		resolvers: {
			Query: {
				approvals: () =>
					[first!, second!].map(({ id, billingAccount }) => ({ by: 'ada', bill: { id }, account: billingAccount })),
			},
		},
	});
	const step = await graphql({
		schema: others,
		source: '{ approvals { by bill { __typename id } account { __typename id } } }',
	});
	const { approvals } = step.data as unknown as {
		approvals: readonly {
			by: string;
			bill: { __typename: string; id: string };
			account: { __typename: string; id: string };
		}[];
	};
	brm.calls.length = 0;
	const { data, errors } = await entities(approvals.flatMap(({ bill: own, account: its }) => [own, its]));
	expect(errors).toEqual([]);
	const numbered = (number: string): object => ({
		__typename: 'Bill',
		number,
		total: { amount: '10', currency: 'EUR' },
	});
	expect(data._entities).toMatchObject([
		numbered('N1'),
		{ __typename: 'BillingAccount', name: 'Account one' },
		numbered('N2'),
		{ __typename: 'BillingAccount', name: 'Account one' },
	]);
	// Through the loaders: one call for all bills, one for the accounts.
	expect(brm.callsOf('billsByIds')).toHaveLength(1);
	expect(brm.callsOf('accountsByIds')).toHaveLength(1);
});

it('gives null, and says why, in the place of what cannot be had', async () => {
	const [first, second] = await bills();
	const { data, errors } = await entities([
		{ __typename: 'Bill', id: first!.id },
		{ __typename: 'Bill', id: first!.billingAccount.id },
		{ __typename: 'Money', id: first!.id },
		{ __typename: 'Bill' },
		{ __typename: 'Bill', id: second!.id, number: 'more than the key' },
	]);
	expect(data._entities).toMatchObject([{ id: first!.id }, null, null, null, { id: second!.id }]);
	expect(errors.map(({ path }) => path)).toEqual([1, 2, 3].map((at) => ['_entities', at]));
	expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
});

it.each([['text'], [{ id: 'x' }], [null], [{ __typename: 7 }]])(
	'refuses a representation that is none: %j',
	async (given) => {
		const { data, errors } = await entities([given]);
		expect(data).toBeUndefined();
		expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
	},
);

it('is no subgraph where that was not asked for', async () => {
	const plain = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: new ProviderConnections([brm.configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: () => undefined,
	});
	const at = await plain.app.listen({ port: 0, host: '127.0.0.1' });
	expect((await askAt(at, '{ _service { sdl } }')).data).toBeUndefined();
	await plain.close();
});
