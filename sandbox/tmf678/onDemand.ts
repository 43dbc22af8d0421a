/** Bills on demand: creating one puts a bill into the books at once, and is done when it is next looked at. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SandboxContext } from '../context';
import type { LedgerAccount } from '../data/ledger';
import { sendJson } from '../http/reply';
import type { TmfBody } from './bodies';
import { badRequest, notFound } from './errors';

/** One server's orders for bills, oldest first. */
export interface OnDemandDesk {
	all(): readonly OnDemandOrder[];
	find(id: string): OnDemandOrder | undefined;
	add(account: LedgerAccount, request: TmfBody): OnDemandOrder;
}

export interface OnDemandOrder {
	readonly id: string;
	readonly account: LedgerAccount;
	readonly billId: string;
	/** What was asked for: `name`, `description`, `relatedParty`. */
	readonly request: TmfBody;
	/** As the document says: text, not a date-time. */
	readonly lastUpdate: string;
	isDone: boolean;
}

export function createOnDemandDesk(context: SandboxContext): OnDemandDesk {
	const orders = new Map<string, OnDemandOrder>();
	return {
		all: () => [...orders.values()],
		find: (id) => orders.get(id),
		add(account, request) {
			const bill = context.ledger.apply({
				kind: 'new',
				provider: 'oracleBrm',
				accountId: account.id,
				runType: 'offCycle',
				billDate: context.options.today,
			});
			const order: OnDemandOrder = {
				id: `0.0.0.1+-bill-on_demand+${orders.size + 1}`,
				account,
				billId: bill?.id ?? '',
				request,
				lastUpdate: new Date(context.now()).toISOString(),
				isDone: false,
			};
			orders.set(order.id, order);
			return order;
		},
	};
}

/** What one server lets its clients ask of the desk. */
export interface OnDemandRoutes {
	readonly desk: OnDemandDesk;
	/** What hrefs begin with. */
	readonly base: () => string;
	readonly absent: null | undefined;
	/** Answers with those of all orders that the query of a list asks for. @throws TmfError */
	sendList(request: FastifyRequest, reply: FastifyReply, orders: readonly TmfBody[]): FastifyReply;
	/** Checks the query of one order. @throws TmfError 400 */
	checkQuery(query: Readonly<Record<string, unknown>>): void;
	/** @throws TmfError 400 where the body goes beyond what the server knows */
	checkBody(body: TmfBody): void;
	account(id: string): LedgerAccount | undefined;
}

export function addOnDemand(api: FastifyInstance, routes: OnDemandRoutes): void {
	const body = (order: OnDemandOrder): TmfBody => onDemandBody(order, routes.base(), routes.absent);
	api.get('/customerBillOnDemand', async (request, reply) => {
		return routes.sendList(request, reply, routes.desk.all().map(looked).map(body));
	});
	api.get<{ Params: { id: string } }>('/customerBillOnDemand/:id', async (request, reply) => {
		routes.checkQuery(request.query as Record<string, unknown>);
		const order = routes.desk.find(request.params.id);
		if (order === undefined) throw notFound(`Customer bill on demand ${request.params.id}`);
		return sendJson(reply, 200, body(looked(order)));
	});
	api.post('/customerBillOnDemand', async (request, reply) => {
		const asked = objectOf(request.body);
		routes.checkBody(asked);
		const accountId = idOf(asked['billingAccount']);
		if (accountId === undefined) throw badRequest('billingAccount is required, with its id');
		const account = routes.account(accountId);
		if (account === undefined) throw notFound(`Billing account ${accountId}`);
		const order = routes.desk.add(account, asked);
		return sendJson(reply.header('location', hrefOf(order, routes.base())), 201, body(order));
	});
}

/** Looking at an order is what time it takes. */
function looked(order: OnDemandOrder): OnDemandOrder {
	order.isDone = true;
	return order;
}

function hrefOf(order: OnDemandOrder, base: string): string {
	return `${base}/customerBillOnDemand/${order.id}`;
}

function onDemandBody(order: OnDemandOrder, base: string, absent: null | undefined): TmfBody {
	return {
		id: order.id,
		href: hrefOf(order, base),
		name: order.request['name'] ?? absent,
		description: order.request['description'] ?? absent,
		lastUpdate: order.lastUpdate,
		state: order.isDone ? 'done' : 'inProgress',
		billingAccount: { id: order.account.id, name: order.account.name },
		customerBill: { id: order.billId, href: `${base}/customerBill/${order.billId}` },
		relatedParty: order.request['relatedParty'] ?? absent,
		'@type': absent,
	};
}

function objectOf(body: unknown): TmfBody {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as TmfBody;
	throw badRequest('A JSON object is expected');
}

export function idOf(reference: unknown): string | undefined {
	const id = typeof reference === 'object' && reference !== null && 'id' in reference ? reference.id : undefined;
	return typeof id === 'string' && id !== '' ? id : undefined;
}
