/** The endpoint that a careful hand would write for exactly these questions, without GraphQL: how fast it can be at all. */
import Fastify from 'fastify';

import type { RateList } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import type { SandboxConnection } from '../../sandbox/connections';
import { Billing, idOfAccount, idOfBill, idOfRate, pathOfDocument } from './billing';

const FIRST_RATES = 100;

async function serve(sandboxUrl: string): Promise<void> {
	const { connections } = (await (await fetch(sandboxUrl)).json()) as { connections: readonly SandboxConnection[] };
	const billing = Billing.over(connections);
	const app = Fastify();
	// As our server ends its answers.
	app.setReplySerializer((data) => `${JSON.stringify({ data })}\n`);
	app.post('/flagship', async () => {
		const bills = await billing.newest(50, null);
		return { bills: { nodes: await withEverything(bills, billing) } };
	});
	app.post<{ Body: { readonly id: string } }>('/one', async ({ body }) => {
		const bills = await Promise.all(billing.byIds([body.id]));
		const [bill] = await withEverything(bills, billing);
		return { bill };
	});
	app.post<{ Body: { readonly after: string } }>('/deep', async ({ body }) => ({
		bills: { nodes: (await billing.newest(50, body.after)).map(toldBill) },
	}));
	app.post<{ Body: { readonly ids: readonly string[] } }>('/nodes', async ({ body }) => ({
		nodes: (await Promise.all(billing.byIds(body.ids))).map(toldBill),
	}));
	app.post('/flat', async () => ({ bills: { nodes: (await billing.newest(500, null)).map(toldBill) } }));
	console.log(`Ready: ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
}

function withEverything(bills: readonly Bill[], billing: Billing): Promise<readonly object[]> {
	const lists = billing.ratesOf(bills, FIRST_RATES);
	return Promise.all(
		bills.map(async (bill, index) => ({
			...toldBill(bill),
			billingAccount: bill.billingAccount && {
				id: idOfAccount(bill, bill.billingAccount),
				name: bill.billingAccount.name,
			},
			documents:
				bill.documents?.map((document) => ({
					name: document.name,
					mediaType: document.mediaType,
					path: pathOfDocument(document),
				})) ?? null,
			rates: toldRates((await lists[index]) ?? null),
		})),
	);
}

function toldBill(bill: Bill): object {
	const { provider, remoteId } = bill.identity;
	const { number, state, billDate, dueDate, total } = bill;
	return { id: idOfBill(bill), provider, remoteId, number, state, billDate, dueDate, total };
}

function toldRates(list: RateList | null): object | null {
	if (list === null) return null;
	return {
		totalCount: list.total,
		nodes: list.rates
			.slice(0, FIRST_RATES)
			.map((rate) => ({ id: idOfRate(rate), name: rate.name, type: rate.type, net: rate.net })),
	};
}

void serve(process.env['BENCH_SANDBOX'] ?? '');
