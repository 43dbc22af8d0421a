// Hive Gateway over OpenAPI descriptions of the sandbox's four APIs: no code but these descriptions and how bills lead to rates.
// `batching` as argument: the rates of an account's Lumen bills are read together, by a resolver that tells whose each is.
// The other APIs cannot be asked for the rates of several bills in one request.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createGatewayRuntime } from '@graphql-hive/gateway';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import DataLoader from 'dataloader';

const SANDBOX = process.env.BENCH_SANDBOX;
const BATCHING = process.argv[2] === 'batching';

const text = { type: 'string' };
const number = { type: 'number' };
const list = (items) => ({ type: 'array', items });
const record = (title, properties) => ({ title, type: 'object', properties });
const money = record('Amount', { unit: text, value: number });
const file = record('File', { name: text, mimeType: text, url: text });
const bill = (title) =>
	record(title, {
		id: text,
		billNo: text,
		state: text,
		billDate: text,
		paymentDueDate: text,
		taxIncludedAmount: money,
		billingAccount: record(`${title}Account`, { id: text, name: text }),
		billDocument: list(file),
	});
const rate = (title) =>
	record(title, {
		id: text,
		name: text,
		type: text,
		bill: record(`${title}Bill`, { id: text }),
		taxExcludedAmount: money,
	});

/** Per API: its base, its headers, and operations as `[operationId, path, query parameters, answer]`. */
const APIS = {
	lumen: {
		base: '/lumen/Billing/v1/CustomerBillManagement',
		token: ['/lumen/oauth/v2/token', 'lumen-demo', 'lumen-demo-secret'],
		operations: [
			[
				'lumenBills',
				'/customerBill',
				['billingAccountNumber', 'startBillDate', 'endBillDate'],
				list(bill('LumenBill')),
			],
			[
				'lumenRates',
				'/appliedCustomerBillingRate',
				['billingAccountNumber', 'startBillDate', 'endBillDate', 'limit'],
				list(rate('LumenRate')),
			],
		],
	},
	brm: {
		base: '/brm/customerBillManagement/v4',
		token: ['/idcs/oauth2/v1/token', 'brm-demo', 'brm-demo-secret'],
		operations: [
			['brmBills', '/customerBill', ['limit', 'billDate.gt'], list(bill('BrmBill'))],
			['brmRates', '/appliedCustomerBillingRate', ['limit', 'bill.id'], list(rate('BrmRate'))],
		],
	},
	fleet: {
		base: '/flolive',
		bearer: 'flolive-demo-token',
		operations: [
			[
				'fleetInvoices',
				'/api/v2/customer/{id}/invoices',
				[],
				record('FleetAnswer', {
					content: list(
						record('FleetInvoice', {
							id: text,
							invoiceNumber: text,
							creationTime: text,
							dueDate: text,
							currency: text,
							totalAmount: number,
						}),
					),
				}),
			],
		],
	},
	orange: {
		base: '/orange/billing/b2b/v1',
		token: ['/orange/oauth/v3/token', 'orange-demo', 'orange-demo-secret'],
		headers: { 'x-api-key': 'orange-demo-api-key' },
		operations: [
			[
				'orangeBills',
				'/bills',
				['limit', 'sort'],
				list(
					record('OrangeBill', {
						id: text,
						number: text,
						issuedAt: text,
						dueDate: text,
						taxIncludedAmount: number,
						currency: record('OrangeCurrency', { id: text }),
						billingAccount: record('OrangeAccount', { id: text, name: text }),
					}),
				),
			],
			[
				'orangeItems',
				'/bills/{id}/items',
				['limit'],
				list(
					record('OrangeItem', {
						id: text,
						description: text,
						frequency: text,
						taxExcludedAmount: number,
						currency: record('OrangeItemCurrency', { id: text }),
					}),
				),
			],
		],
	},
};

/** How bills lead to rates: a request each. */
const RELATIONS = /* GraphQL */ `
	extend type BrmBill {
		rates: [BrmRate]
			@resolveTo(
				sourceName: "brm"
				sourceTypeName: "Query"
				sourceFieldName: "brmRates"
				requiredSelectionSet: "{ id }"
				sourceArgs: { bill_id: "{root.id}", limit: "100" }
			)
	}
	extend type OrangeBill {
		rates: [OrangeItem]
			@resolveTo(
				sourceName: "orange"
				sourceTypeName: "Query"
				sourceFieldName: "orangeItems"
				requiredSelectionSet: "{ id }"
				sourceArgs: { id: "{root.id}", limit: "100" }
			)
	}
`;
/** By account and day: a directive cannot cut the day out of the bill's date. */
const LUMEN_RELATION = /* GraphQL */ `
	extend type LumenBill {
		rates: [LumenRate]
	}
`;
const dayOf = ({ billDate }) => billDate.slice(0, 10);
const lumenRates = {
	LumenBill: {
		rates: {
			selectionSet: '{ id billDate billingAccount { id } }',
			resolve: (root, _args, context, info) =>
				BATCHING
					? ratesByAccount(context, root.billingAccount.id, info).load(root)
					: context.lumen.Query.lumenRates({ root, context, info, args: lumenSpan([root]) }),
		},
	},
};

/** Of bills of one account. */
function lumenSpan(bills) {
	const days = bills.map(dayOf).sort();
	const span = { startBillDate: days[0], endBillDate: days.at(-1) };
	return { billingAccountNumber: bills[0].billingAccount.id, ...span, limit: 1000 };
}

/** Of each request: by account, what loads the rates of its bills. The gateway's own batching knows of no account. */
const loaders = new WeakMap();

function ratesByAccount(context, account, info) {
	const own = loaders.get(context) ?? new Map();
	loaders.set(context, own);
	const loader =
		own.get(account) ??
		new DataLoader(async (bills) => {
			const [root] = bills;
			const rates = await context.lumen.Query.lumenRates({ root, context, info, args: lumenSpan(bills) });
			return bills.map(({ id }) => rates.filter((rate) => rate.bill?.id === id));
		});
	own.set(account, loader);
	return loader;
}

function description({ base, operations }) {
	const paths = operations.map(([operationId, path, query, schema]) => {
		const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
			name,
			in: 'path',
			required: true,
			schema: text,
		}));
		const inQuery = query.map((name) => ({ name, in: 'query', schema: name === 'limit' ? { type: 'integer' } : text }));
		const content = { 'application/json': { schema } };
		const get = {
			operationId,
			parameters: [...inPath, ...inQuery],
			responses: { 200: { description: 'Found', content } },
		};
		return [path, { get }];
	});
	const info = { title: base, version: '1' };
	return { openapi: '3.0.3', info, servers: [{ url: `${SANDBOX}${base}` }], paths: Object.fromEntries(paths) };
}

/** A token that outlives the measurement, since the gateway fetches none itself. */
async function headersOf({ token, bearer, headers = {} }) {
	if (token === undefined) return { authorization: `Bearer ${bearer}`, ...headers };
	const [path, clientId, clientSecret] = token;
	const answer = await fetch(`${SANDBOX}${path}`, {
		method: 'POST',
		headers: {
			accept: 'application/json',
			authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: 'grant_type=client_credentials',
	});
	return { authorization: `Bearer ${(await answer.json()).access_token}`, ...headers };
}

const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-hive-'));
const subgraphs = await Promise.all(
	Object.entries(APIS).map(async ([name, api]) => {
		const source = join(folder, `${name}.json`);
		writeFileSync(source, JSON.stringify(description(api)));
		return { sourceHandler: loadOpenAPISubgraph(name, { source, operationHeaders: await headersOf(api) }) };
	}),
);
const quiet = Object.fromEntries(
	['log', 'debug', 'info', 'warn', 'error'].map((level) => [
		level,
		level === 'error' ? console.error : () => undefined,
	]),
);
quiet.child = () => quiet;
const supergraph = await getComposedSchemaFromConfig(
	{ subgraphs, additionalTypeDefs: [RELATIONS, LUMEN_RELATION] },
	quiet,
);
const gateway = createGatewayRuntime({
	supergraph,
	logging: false,
	additionalResolvers: lumenRates,
});
const server = createServer(gateway).listen(0, '127.0.0.1', () => {
	console.log(`Ready: http://127.0.0.1:${server.address().port}`);
});
