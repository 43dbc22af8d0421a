/** A plain TMF678 v4 server over Oracle BRM's books: no Oracle extensions, and TMF630's paging by 206, Link and 416. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SandboxContext } from '../context';
import type { LedgerLine } from '../data/ledger';
import { lineRange, lineTotal } from '../data/lineRange';
import { sendJson } from '../http/reply';
import { bearerToken, queryOf, queryValue, wholeNumber } from '../http/request';
import { type TmfBody, type TmfDress, appliedCustomerBillingRate, customerBill } from './bodies';
import { addBillImages } from './billImages';
import { addErrorAnswers } from './errorAnswers';
import { TmfError, badRequest, notFound, unauthorized } from './errors';
import { withFields } from './fields';
import { type OnDemandDesk, addOnDemand } from './onDemand';
import { type BodyTest, bodyTests, sorted } from './plainQuery';
import { standardState } from './wireValues';

const SERVER = '/tmf-api';
const API = '/customerBillManagement/v4';

type Params = { Params: { id: string } };

/** No token is needed here; one that is sent must be good. */
export function addPlainTmf678(app: FastifyInstance, context: SandboxContext, desk: OnDemandDesk): void {
	app.register(
		async (scope) => {
			addErrorAnswers(scope, undefined);
			refuseBadTokens(scope, context);
			scope.register(
				async (api) => {
					addBills(api, context);
					addRates(api, context);
					addOrders(api, context, desk);
				},
				{ prefix: API },
			);
			scope.register(async (images) => addBillImages(images, context), { prefix: '/documents' });
		},
		{ prefix: SERVER },
	);
}

function refuseBadTokens(scope: FastifyInstance, { tokens }: SandboxContext): void {
	scope.addHook('onRequest', async (request) => {
		if (request.headers.authorization === undefined) return;
		if (tokens.check('oracleBrm', bearerToken(request) ?? '') !== 'valid') {
			throw unauthorized('The access token is invalid or expired');
		}
	});
}

function addBills(scope: FastifyInstance, context: SandboxContext): void {
	const { ledger } = context;
	scope.get('/customerBill', async (request, reply) => {
		const dress = plainDress(context);
		const bodies = ledger.bills('oracleBrm').map((bill) => customerBill(bill, dress));
		const { tests, sort } = selectionOf(request, bodies[0]);
		return sendPage(request, reply, listed(sort(bodies.filter((body) => tests.every((test) => test(body))))), context);
	});
	scope.get<Params>('/customerBill/:id', async (request, reply) => {
		const bill = ledger.bill('oracleBrm', request.params.id);
		if (bill === undefined) throw notFound(`Customer bill ${request.params.id}`);
		return sendJson(reply, 200, withFields(customerBill(bill, plainDress(context)), queryValue(request, 'fields')));
	});
}

function addRates(scope: FastifyInstance, context: SandboxContext): void {
	const { ledger } = context;
	scope.get('/appliedCustomerBillingRate', async (request, reply) => {
		return sendPage(request, reply, ratesAsked(request, context), context);
	});
	scope.get<Params>('/appliedCustomerBillingRate/:id', async (request, reply) => {
		const line = ledger.line('oracleBrm', request.params.id);
		if (line === undefined) throw notFound(`Applied customer billing rate ${request.params.id}`);
		const body = appliedCustomerBillingRate(line, plainDress(context));
		return sendJson(reply, 200, withFields(body, queryValue(request, 'fields')));
	});
}

/** Without a filter but `bill.id`, and without a sort, only the page's lines are made; otherwise only the matching are held. */
function ratesAsked(request: FastifyRequest, context: SandboxContext): Rows {
	const { ledger } = context;
	const dress = plainDress(context);
	const body = (line: LedgerLine): TmfBody => appliedCustomerBillingRate(line, dress);
	const asked = queryValue(request, 'bill.id')?.split(',');
	const bills = ledger.bills('oracleBrm').filter(({ id }) => asked === undefined || asked.includes(id));
	const names = Object.keys(queryOf(request));
	if (names.every((name) => ['bill.id', 'offset', 'limit', 'fields'].includes(name))) {
		return {
			total: lineTotal(bills),
			page: (offset, limit) => lineRange(ledger, bills, offset, limit).map(body),
		};
	}
	const { tests, sort } = selectionOf(request, bills.flatMap((bill) => ledger.lines(bill, 0, 1)).map(body)[0]);
	const matching = bills.flatMap((bill) =>
		ledger
			.lines(bill)
			.map(body)
			.filter((rate) => tests.every((test) => test(rate))),
	);
	return listed(sort(matching));
}

function addOrders(scope: FastifyInstance, context: SandboxContext, desk: OnDemandDesk): void {
	addOnDemand(scope, {
		desk,
		absent: undefined,
		base: () => `${context.origin()}${SERVER}${API}`,
		account: (id) => context.ledger.accounts('oracleBrm').find((account) => account.id === id),
		sendList: (request, reply, orders) => {
			const { tests, sort } = selectionOf(request, orders[0]);
			const rows = listed(sort(orders.filter((order) => tests.every((test) => test(order)))));
			return sendPage(request, reply, rows, context);
		},
		checkQuery: () => undefined,
		checkBody: () => undefined,
	});
}

/** What a list request selects from: how many rows there are, and any page of them. */
interface Rows {
	readonly total: number;
	page(offset: number, limit: number): readonly TmfBody[];
}

function listed(bodies: readonly TmfBody[]): Rows {
	return { total: bodies.length, page: (offset, limit) => bodies.slice(offset, offset + limit) };
}

interface Selection {
	readonly tests: readonly BodyTest[];
	readonly sort: (bodies: readonly TmfBody[]) => readonly TmfBody[];
}

/** @param sample a body, whose members are the attributes there are; without one there is nothing to select from */
function selectionOf(request: FastifyRequest, sample: TmfBody | undefined): Selection {
	if (sample === undefined) return { tests: [], sort: (bodies) => bodies };
	const attributes = new Set(Object.keys(sample));
	const keys = queryValue(request, 'sort');
	return {
		tests: bodyTests(queryOf(request), attributes),
		sort: (bodies) => (keys === undefined ? bodies : sorted(bodies, keys, attributes)),
	};
}

/** @throws TmfError 400, and 416 for an offset beyond the end */
function sendPage(request: FastifyRequest, reply: FastifyReply, rows: Rows, { options }: SandboxContext): FastifyReply {
	const limits = options.pageLimits.oracleBrm;
	const offset = whole(request, 'offset', 0) ?? 0;
	const limit = Math.min(whole(request, 'limit', 1) ?? limits.default, limits.max);
	const { total } = rows;
	if (offset > 0 && offset >= total) throw outOfRange(total);
	const page = rows.page(offset, limit).map((body) => withFields(body, queryValue(request, 'fields')));
	reply.headers({ 'X-Total-Count': String(total), 'X-Result-Count': String(page.length) });
	if (page.length === total) return sendJson(reply, 200, page);
	reply.headers({
		'Content-Range': `items ${offset + 1}-${offset + page.length}/${total}`,
		Link: links(request, { offset, limit, total }),
	});
	return sendJson(reply, 206, page);
}

function whole(request: FastifyRequest, name: string, min: number): number | undefined {
	const text = queryValue(request, name);
	if (text === undefined) return undefined;
	const number = wholeNumber(text, min);
	if (number === undefined) throw badRequest(`${name} must be a whole number from ${min} up`);
	return number;
}

function outOfRange(total: number): TmfError {
	return new TmfError(416, 'Range Not Satisfiable', 'The offset is beyond the last item', {
		'Content-Range': `items */${total}`,
	});
}

function links(request: FastifyRequest, page: { offset: number; limit: number; total: number }): string {
	const { offset, limit, total } = page;
	const last = Math.floor((total - 1) / limit) * limit;
	const places: readonly (readonly [string, number | undefined])[] = [
		['self', offset],
		['first', 0],
		['next', offset + limit < total ? offset + limit : undefined],
		['prev', offset > 0 ? Math.max(0, offset - limit) : undefined],
		['last', last],
	];
	return places
		.flatMap(([rel, at]) => (at === undefined ? [] : [`<${placedUrl(request, at, limit)}>; rel="${rel}"`]))
		.join(', ');
}

function placedUrl(request: FastifyRequest, offset: number, limit: number): string {
	const url = new URL(request.url, `http://${request.headers.host ?? 'localhost'}`);
	url.searchParams.set('offset', String(offset));
	url.searchParams.set('limit', String(limit));
	return url.toString();
}

function plainDress(context: SandboxContext): TmfDress {
	return {
		base: `${context.origin()}${SERVER}${API}`,
		documents: `${context.origin()}${SERVER}/documents`,
		absent: undefined,
		state: standardState,
		rateType: (line) => (line.kind === 'credit' ? 'appliedBillingCredit' : 'appliedBillingCharge'),
		billType: 'CustomerBill',
		rateTypeName: 'AppliedCustomerBillingRate',
	};
}
