/** What an operation will cost, told from its text and variables. */
import { Kind, type OperationDefinitionNode, parse, validate } from 'graphql';

import { encodeGlobalId } from '../../../graphql/globalId';
import { predictedRequests } from '../../../graphql/cost/predict';
import type { ProviderConnection } from '../../../graphql/providerConnections';
import { buildSchema } from '../../../graphql/schema';
import { MemoryConnector } from '../support/memoryConnector';

const schema = buildSchema();
const byAccount = { accountRequired: true, accounts: 'FROM_CONFIGURATION' } as const;
const { billFilters: EVERY_FILTER } = new MemoryConnector({ connection: 'any' }).capabilities;
const RATE_ID = encodeGlobalId({ type: 'Rate', connection: 'brm', id: { scope: '', remoteId: '1' }, bill: null });
const brm = new MemoryConnector({
	connection: 'brm',
	capabilities: { accounts: 'FROM_BILLS', billFilters: { ...EVERY_FILTER, states: 'PARTLY_PUSHED_DOWN' } },
});
const connections: readonly ProviderConnection[] = [
	Object.assign(brm, { countBills: async () => null }).configured(),
	new MemoryConnector({ connection: 'orange' }).configured(),
	new MemoryConnector({ connection: 'fleet', capabilities: { ...byAccount, rateFields: null } }).configured([
		'1',
		'2',
		'3',
	]),
];

function predicted(query: string, variables: Record<string, unknown> = {}, all = connections): number {
	const document = parse(query);
	expect(validate(schema, document)).toEqual([]);
	const operation = document.definitions.find(
		(node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
	);
	return predictedRequests({ schema, document, operation: operation!, variables, connections: all });
}

it.each<[string, string, number]>([
	['asks no provider', '{ connections { id } __typename rateLimit { cost } }', 0],
	[
		'lists bills: one request a connection, one an account where there is no other list',
		'{ bills { nodes { id } } }',
		1 + 1 + 3,
	],
	['names providers', '{ bills(filter: { providers: [FLOLIVE] }) { nodes { id } } }', 3],
	['names connections', '{ bills(filter: { connections: ["brm", "orange"] }) { nodes { id } } }', 2],
	['lists twice', '{ a: bills { nodes { id } } b: bills { nodes { id } } }', 10],
	['asks for rates: one a bill', '{ bills(first: 7) { nodes { rates { nodes { id } } } } }', 5 + 7],
	['asks for the default page', '{ bills { edges { node { rates { totalCount } } } } }', 5 + 20],
	['asks for accounts of a resource', '{ bills(first: 7) { nodes { billingAccount { name } } } }', 5 + 1],
	['lists bills of accounts', '{ billingAccounts(first: 4) { nodes { bills(first: 2) { nodes { id } } } } }', 5 + 4],
	[
		'lists rates: the bills, and one request each for those that are likely to have them',
		'{ rates { nodes { id } } }',
		5 + 5,
	],
	['lists some rates of some bills', '{ rates(first: 30, filter: { types: [USAGE] }) { nodes { id } } }', 5 + 30],
	[
		'lists rates of named bills',
		'{ rates(first: 900, filter: { bills: ["a", "b"] }) { nodes { bill { id } } } }',
		5 + 2 + 100,
	],
	['lists rates that are on no bill', '{ rates(filter: { isBilled: false }) { nodes { id } } }', 5],
	[
		'sums by product: the rates of every bill',
		'{ spend(groupBy: [MONTH, PRODUCT]) { rows { documents } } }',
		5 + 2 * 100,
	],
	[
		'sums named bills by product',
		'{ spend(groupBy: [PRODUCT], filter: { ids: ["a"] }) { rows { documents } } }',
		5 + 1,
	],
	[
		'shows bills of what is summed',
		'{ spend(groupBy: [ACCOUNT]) { rows { billingAccount { bills { totalCount } } } } }',
		5 + 20,
	],
	['counts', '{ billCounts(groupBy: MONTH) { bills } }', 5],
	['counts by state, which a provider may be asked for one by one', '{ billCounts(groupBy: STATE) { bills } }', 5 + 4],
	['asks why an account has no name', '{ bill(id: "x") { billingAccount { availability { field } } } }', 1 + 1],
	[
		'fetches a rate, whose bill tells its sign',
		`{ node(id: "${RATE_ID}") { id } nodes(ids: ["${RATE_ID}", "x"]) { id } }`,
		2 + 2 + 1,
	],
	[
		'asks for the bill of each rate, which is known',
		'{ bill(id: "x") { rates(first: 1000) { nodes { bill { id } } } } }',
		1 + 1 + 100,
	],
	['sums', '{ spend(groupBy: [MONTH]) { rows { documents } } }', 5],
	['fetches by id', '{ bill(id: "x") { rates { totalCount } } node(id: "x") { id } }', 1 + 1 + 1],
	['fetches many', '{ nodes(ids: ["a", "b", "c"]) { ... on Bill { rates { totalCount } } } }', 3 + 3],
	['leaves out', '{ bills(first: 7) { nodes { rates @skip(if: true) { totalCount } } } }', 5],
	[
		'uses a fragment',
		'{ ...f } fragment f on Query { bills(first: 7) { nodes { ...g } } } fragment g on Bill { rates { totalCount } }',
		12,
	],
])('of one that %s', (_what, query, expected) => {
	expect(predicted(query)).toBe(expected);
});

it('follows variables', () => {
	const query =
		'query ($first: Int, $with: Boolean = false) { bills(first: $first) { nodes { rates @include(if: $with) { totalCount } } } }';
	expect(predicted(query, { first: 9, with: true })).toBe(5 + 9);
	expect(predicted(query, { first: 9 })).toBe(5);
});

it('is 0 for variables that do not fit, since nothing will be asked', () => {
	expect(predicted('query ($id: ID!) { bill(id: $id) { id } }')).toBe(0);
});

it('is of what the reader may read', () => {
	expect(predicted('{ bills { nodes { id } } }', {}, connections.slice(0, 1))).toBe(1);
});

it('is a number that can be told, however large a page is asked for', () => {
	const query = 'query ($first: Int) { bills(first: $first) { nodes { rates { totalCount } } } }';
	expect(predicted(query, { first: 2_147_483_647 })).toBe(2_147_483_647);
});
