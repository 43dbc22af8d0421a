/** How many resolvers of ours a query runs: a field that begins to need one, or is asked twice, shows here. */
import { type GraphQLSchema, isObjectType } from 'graphql';

import { CursorSeal } from '../../graphql/connections/cursor';
import { Graph, schema } from '../graphql/support/graph';
import { MemoryConnector } from '../graphql/support/memoryConnector';
import { bill, rate } from '../graphql/support/records';

/** Counts what every resolver of ours is called from now on, by `Type.field`. */
function countCalls(schema: GraphQLSchema): Map<string, number> {
	const calls = new Map<string, number>();
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isObjectType(type) || type.name.startsWith('__')) continue;
		for (const field of Object.values(type.getFields())) {
			const { resolve } = field;
			if (resolve === undefined) continue;
			const name = `${type.name}.${field.name}`;
			field.resolve = (...asked) => {
				calls.set(name, (calls.get(name) ?? 0) + 1);
				return resolve(...asked);
			};
		}
	}
	return calls;
}

const calls = countCalls(schema);

beforeEach(() => calls.clear());

const PROVIDERS = ['brm', 'orange'];
const BILLS = 3;
const RATES = 4;

function graph(): Graph {
	return new Graph(
		PROVIDERS.map((connection) => {
			const ids = Array.from({ length: BILLS }, (_, index) => String(index));
			const bills = ids.map((remoteId) => bill({ identity: { connection, remoteId } }));
			const rates = ids.flatMap((remoteId) =>
				Array.from({ length: RATES }, (_, index) =>
					rate({ identity: { connection, remoteId: `${remoteId}-${index}` }, bill: { scope: '', remoteId } }),
				),
			);
			return new MemoryConnector({ connection, bills, rates });
		}),
	);
}

it('the flagship: one a bill for what is not on the record, and one a rate for its id', async () => {
	const { data, errors } = await graph().ask(`{ bills(first: 50) { nodes {
		id provider remoteId number state billDate total { amount currency }
		billingAccount { id name } documents { path } rates(first: 100) { totalCount nodes { id name net { amount } } }
	} } }`);
	expect(errors).toEqual([]);
	const bills = PROVIDERS.length * BILLS;
	expect(data).toMatchObject({ bills: { nodes: { length: bills } } });
	expect(Object.fromEntries(calls)).toEqual({
		'Query.bills': 1,
		'Bill.id': bills,
		'Bill.provider': bills,
		'Bill.remoteId': bills,
		'Bill.billingAccount': bills,
		'BillingAccount.id': bills,
		'BillingAccount.name': bills,
		'Bill.documents': bills,
		'Bill.rates': bills,
		'Rate.id': bills * RATES,
	});
});

it('amounts, dates and words: none, they are on the record', async () => {
	await graph().ask(
		'{ bills { nodes { number type state stateRaw billDate dueDate net { amount } total { amount currency } } } }',
	);
	expect(Object.fromEntries(calls)).toEqual({ 'Query.bills': 1 });
});

it('cursors are sealed for whoever asks for them, and for nobody else', async () => {
	const seal = jest.spyOn(CursorSeal.prototype, 'seal');
	await graph().ask('{ bills { nodes { id rates { nodes { id } pageInfo { hasNextPage } } } } }');
	expect(seal).not.toHaveBeenCalled();
	await graph().ask('{ bills { nodes { id } pageInfo { endCursor } } }');
	expect(seal).toHaveBeenCalledTimes(1);
	await graph().ask('{ bills { edges { cursor } } }');
	expect(seal).toHaveBeenCalledTimes(1 + PROVIDERS.length * BILLS);
	seal.mockRestore();
});
