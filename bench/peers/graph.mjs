// The schema of the measured questions and its resolvers, for every GraphQL server that is not ours.
import { createRequire } from 'node:module';

import DataLoader from 'dataloader';

const require = createRequire(import.meta.url);
const { Billing, idOfAccount, idOfBill, idOfRate, pathOfDocument } = require('../dist/billing.cjs');

export const typeDefs = /* GraphQL */ `
	scalar Decimal
	scalar Currency
	scalar LocalDate
	type Query {
		bills(first: Int = 20, after: String): BillConnection!
		bill(id: ID!): Bill
		nodes(ids: [ID!]!): [Node]!
	}
	interface Node {
		id: ID!
	}
	type BillConnection {
		nodes: [Bill!]!
	}
	type Bill implements Node {
		id: ID!
		provider: String!
		remoteId: String!
		number: String
		state: String!
		billDate: LocalDate
		dueDate: LocalDate
		total: Money
		billingAccount: BillingAccount
		documents: [BillDocument!]
		rates(first: Int = 100): RateConnection
	}
	type Money {
		amount: Decimal!
		currency: Currency
	}
	type BillingAccount {
		id: ID!
		name: String
	}
	type BillDocument {
		name: String
		mediaType: String
		path: String!
	}
	type RateConnection {
		totalCount: Int
		nodes: [Rate!]!
	}
	type Rate {
		id: ID!
		name: String
		type: String!
		net: Money
	}
`;

export async function connect() {
	const { connections } = await (await fetch(process.env.BENCH_SANDBOX)).json();
	return Billing.over(connections);
}

/** What the resolvers of one request load through: many at a time, or each by itself. */
export function sourceOf(billing, batched) {
	if (!batched) {
		return {
			billing,
			rates: async (bill, first) => billing.ratesOf([bill], first)[0],
			bill: async (id) => billing.byIds([id])[0],
		};
	}
	const rates = new DataLoader(
		// A page of rates is asked for with one size throughout, so one batch has one.
		async (wishes) => {
			const lists = billing.ratesOf(
				wishes.map(({ bill }) => bill),
				wishes[0].first,
			);
			return Promise.all(lists);
		},
		{ cacheKeyFn: ({ bill }) => bill },
	);
	const bills = new DataLoader(async (ids) => Promise.all(billing.byIds(ids)));
	return {
		billing,
		rates: (bill, first) => rates.load({ bill, first }),
		bill: (id) => bills.load(id),
	};
}

export const resolvers = {
	Query: {
		bills: async (_root, { first, after = null }, { source }) => ({ nodes: await source.billing.newest(first, after) }),
		bill: (_root, { id }, { source }) => source.bill(id),
		nodes: (_root, { ids }, { source }) => ids.map((id) => source.bill(id)),
	},
	Node: { __resolveType: () => 'Bill' },
	Bill: {
		id: idOfBill,
		provider: ({ identity }) => identity.provider,
		remoteId: ({ identity }) => identity.remoteId,
		billingAccount: (bill) =>
			bill.billingAccount && { id: idOfAccount(bill, bill.billingAccount), name: bill.billingAccount.name },
		rates: async (bill, { first }, { source }) => {
			const list = await source.rates(bill, first);
			return list && { totalCount: list.total, nodes: list.rates.slice(0, first) };
		},
	},
	BillDocument: { path: pathOfDocument },
	Rate: { id: idOfRate },
};
