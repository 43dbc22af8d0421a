/** Relay's rules: GraphQL Global Object Identification, and GraphQL Cursor Connections. */
import {
	type GraphQLNamedType,
	type GraphQLObjectType,
	getNullableType,
	isInterfaceType,
	isListType,
	isNonNullType,
	isObjectType,
} from 'graphql';

import { buildSchema, buildSubgraph } from '../../graphql/schema';
import { Graph } from './support/graph';
import { MemoryConnector } from './support/memoryConnector';
import { account, bill, day, rate } from './support/records';

const schema = buildSchema();
const types = Object.values(schema.getTypeMap());
const objectsNamed = (ending: string): GraphQLObjectType[] =>
	types.filter((type): type is GraphQLObjectType => isObjectType(type) && type.name.endsWith(ending));
const typeOf = (type: GraphQLNamedType | undefined, field: string): string =>
	isObjectType(type) || isInterfaceType(type) ? String(type.getFields()[field]?.type) : '';

/** `ProviderConnection` is a connection to a provider. */
const connections = objectsNamed('Connection').filter(({ name }) => name !== 'ProviderConnection');

describe('nodes', () => {
	it('have one field, a non-null id', () => {
		const node = schema.getType('Node');
		expect(isInterfaceType(node) && Object.keys(node.getFields())).toEqual(['id']);
		expect(typeOf(node, 'id')).toBe('ID!');
	});

	it('are found by node(id: ID!), nullable, and many at once in order', () => {
		const query = schema.getQueryType() ?? undefined;
		expect(typeOf(query, 'node')).toBe('Node');
		expect(typeOf(query, 'nodes')).toBe('[Node]!');
	});

	it('are told apart, and answer with the id that they were asked by', async () => {
		const graph = new Graph([
			new MemoryConnector({ connection: 'brm', bills: [bill()], rates: [rate()], accounts: [account()] }),
		]);
		const { data } = await graph.ask<{
			bills: {
				nodes: readonly { id: string; billingAccount: { id: string }; rates: { nodes: readonly { id: string }[] } }[];
			};
		}>('{ bills { nodes { id billingAccount { id } rates { nodes { id } } } } }');
		const [found] = data.bills.nodes;
		const ids = [found!.id, found!.billingAccount.id, found!.rates.nodes[0]!.id];
		const { data: again } = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
		expect(again).toEqual({
			nodes: ['Bill', 'BillingAccount', 'Rate'].map((__typename, at) => ({ __typename, id: ids[at] })),
		});
	});
});

describe('connections', () => {
	it('are there', () => {
		expect(connections.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['BillConnection', 'BillingAccountConnection', 'RateConnection']),
		);
	});

	it.each(connections.map((type) => [type.name, type] as const))(
		'%s has edges and a non-null pageInfo',
		(_name, type) => {
			const { edges } = type.getFields();
			expect(isListType(edges && getNullableType(edges.type))).toBe(true);
			expect(typeOf(type, 'pageInfo')).toBe('PageInfo!');
		},
	);

	it.each(objectsNamed('Edge').map((type) => [type.name, type] as const))(
		'%s has a node and a cursor',
		(_name, type) => {
			const { node, cursor } = type.getFields();
			expect(isListType(node && getNullableType(node.type))).toBe(false);
			expect(String(cursor?.type)).toBe('String!');
		},
	);

	it('PageInfo has its four fields, the cursors nullable', () => {
		const pageInfo = schema.getType('PageInfo');
		const fields = ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'].map((name) => typeOf(pageInfo, name));
		expect(fields).toEqual(['Boolean!', 'Boolean!', 'String', 'String']);
	});

	it('every field that gives one takes first: Int and after: String', () => {
		const names = new Set(connections.map(({ name }) => name));
		const fields = types.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
		const giving = fields.filter(({ type }) => names.has(String(getNullableType(type))));
		expect(giving.length).toBeGreaterThan(3);
		for (const { args } of giving) {
			const typed = Object.fromEntries(args.map(({ name, type }) => [name, String(type)]));
			expect(typed).toMatchObject({ first: 'Int', after: 'String' });
			for (const { name, type } of args) expect([name, isNonNullType(type)]).toEqual([name, false]);
		}
	});
});

describe('cursors', () => {
	const graph = new Graph([
		new MemoryConnector({
			connection: 'brm',
			bills: Array.from({ length: 7 }, (_, at) =>
				bill({ identity: { remoteId: `${at}` }, billDate: day(`2026-01-0${at + 1}`) }),
			),
		}),
	]);
	interface Page {
		readonly bills: {
			readonly edges: readonly { readonly cursor: string; readonly node: { readonly remoteId: string } }[];
			readonly pageInfo: {
				readonly hasNextPage: boolean;
				readonly hasPreviousPage: boolean;
				readonly startCursor: string | null;
				readonly endCursor: string | null;
			};
		};
	}
	const page = async (first: number, after: string | null = null): Promise<Page['bills']> => {
		const query = `query ($first: Int, $after: String) { bills(first: $first, after: $after) {
			edges { cursor node { remoteId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
		} }`;
		return (await graph.ask<Page>(query, { first, after })).data.bills;
	};
	const idsOf = ({ edges }: Page['bills']): readonly string[] => edges.map(({ node }) => node.remoteId);

	it('go on behind every edge, in the same order whatever the size of the page', async () => {
		const whole = await page(7);
		for (const [at, { cursor }] of whole.edges.entries()) {
			expect(idsOf(await page(7, cursor))).toEqual(idsOf(whole).slice(at + 1));
			expect(idsOf(await page(2, cursor))).toEqual(idsOf(whole).slice(at + 1, at + 3));
		}
	});

	it('of a page are those of its first and last edge; of an empty page, none', async () => {
		const { edges, pageInfo } = await page(3);
		expect(pageInfo).toEqual({
			hasNextPage: true,
			hasPreviousPage: false,
			startCursor: edges[0]?.cursor,
			endCursor: edges[2]?.cursor,
		});
		const behind = await page(3, (await page(7)).pageInfo.endCursor);
		expect(behind).toEqual({
			edges: [],
			pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
		});
	});

	it.each([0, -1])('are not given for a page of %s', async (first) => {
		const { errors } = await graph.ask('query ($first: Int) { bills(first: $first) { nodes { id } } }', { first });
		expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
	});
});

it('masks are those of the access rules, in the graph as in the code', () => {
	for (const each of [schema, buildSubgraph()]) {
		const mask = each.getType('Mask');
		expect(mask && 'getValues' in mask && mask.getValues().map(({ name }) => name)).toEqual([
			'CONTACT',
			'RAW',
			'DOCUMENTS',
		]);
	}
});

it('every field that holds a record as it came can be kept, and so can every name of a person', () => {
	const masked = (type: GraphQLObjectType): readonly string[] =>
		Object.values(type.getFields()).flatMap(({ name, astNode }) =>
			(astNode?.directives ?? []).some((directive) => directive.name.value === 'masked') ? [name] : [],
		);
	for (const type of types.filter(isObjectType)) {
		const whole = Object.values(type.getFields()).filter((field) => String(field.type).includes('JSONObject'));
		expect(masked(type)).toEqual(expect.arrayContaining(whole.map(({ name }) => name)));
	}
	for (const name of ['RelatedParty', 'OrangeCustomer']) {
		expect(masked(schema.getType(name) as GraphQLObjectType)).toEqual(expect.arrayContaining(['id', 'name']));
	}
});
