/** Lumen Customer Bill, API v1 and v2, and its token endpoints. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ProviderRoutes, SandboxContext } from '../context';
import { lineRange } from '../data/lineRange';
import { pdfOfBill } from '../documents/pdf';
import { sendJson } from '../http/reply';
import { queryValue } from '../http/request';
import { type LumenVersion, askedAccount, checkToken, headerAccount } from './accountAccess';
import { HISTORY_START, billsInRange, pageOf } from './billRange';
import { LumenError, UNKNOWN_PATH, missing, noData, notAuthorized } from './errors';
import { addLumenTokens } from './token';
import { appliedCustomerBillingRate, customerBill, hasImage } from './v1Bodies';
import { billDetails, serviceLevelCharges } from './v2Bodies';

type Params = { Params: { id: string } };

export const lumenRoutes: ProviderRoutes = (app, context) => {
	app.register(
		async (scope) => {
			scope.setErrorHandler(sendError);
			scope.setNotFoundHandler((_request, reply) => sendJson(reply, 404, UNKNOWN_PATH));
			addTrackingIds(scope);
			addLumenTokens(scope, context);
			scope.register(async (api) => addV1(api, context), { prefix: '/Billing/v1/CustomerBillManagement' });
			scope.register(async (api) => addV2(api, context), { prefix: '/Billing/v2/CustomerBillManagement' });
			scope.register(async (api) => addDocuments(api, context), { prefix: '/documents' });
		},
		{ prefix: '/lumen' },
	);
};

function addV1(api: FastifyInstance, context: SandboxContext): void {
	requireToken(api, context, 'v1');
	api.get('/customerBill', async (request, reply) => {
		const account = askedAccount(request, context, 'v1');
		const bills = billsInRange(request, context, account, HISTORY_START.bills);
		return sendJson(
			reply,
			200,
			bills.map((bill) => customerBill(bill, context.origin())),
		);
	});
	api.get<Params>('/customerBill/:id', async (request, reply) => {
		const account = headerAccount(request, context, 'v1');
		const bill = context.ledger.bill('lumen', request.params.id);
		if (bill === undefined || bill.billDate < HISTORY_START.bills) throw noData(account ?? request.params.id);
		if (account !== undefined && account !== bill.account.id) throw notAuthorized(account);
		return sendJson(reply, 200, customerBill(bill, context.origin()));
	});
	api.get('/appliedCustomerBillingRate', async (request, reply) => {
		const account = askedAccount(request, context, 'v1');
		const { offset, limit } = pageOf(request, context);
		const bills = billsInRange(request, context, account, HISTORY_START.rates);
		const lines = lineRange(context.ledger, bills, offset, limit);
		return sendJson(
			reply,
			200,
			lines.map((line) => appliedCustomerBillingRate(line, context.origin())),
		);
	});
}

function addV2(api: FastifyInstance, context: SandboxContext): void {
	requireToken(api, context, 'v2');
	api.get('/customerBill', async (request, reply) => {
		const account = askedAccount(request, context, 'v2');
		const { offset, limit } = pageOf(request, context);
		const bills = billsInRange(request, context, account, HISTORY_START.bills).slice(offset, offset + limit);
		return sendJson(reply, 200, billDetails(bills, isFirstAccount(context, account)));
	});
	api.get('/serviceLevelChargeDetails', async (request, reply) => {
		const account = askedAccount(request, context, 'v2');
		const { offset, limit } = pageOf(request, context);
		const invoiceNumber = queryValue(request, 'invoiceNumber');
		if (invoiceNumber === undefined || invoiceNumber === '') throw missing('invoiceNumber');
		const bill = context.ledger.bill('lumen', invoiceNumber);
		if (bill?.account.id !== account || bill.billDate < HISTORY_START.rates) throw noData(account);
		const lines = context.ledger.lines(bill, offset, offset + limit);
		return sendJson(reply, 200, serviceLevelCharges(bill, lines, isFirstAccount(context, account)));
	});
}

/** Bill images stand on the API's own host and want its token. */
function addDocuments(api: FastifyInstance, context: SandboxContext): void {
	requireToken(api, context, 'v1');
	api.get<Params>('/:id', async (request, reply) => {
		const bill = context.ledger.bill('lumen', request.params.id.replace(/\.pdf$/, ''));
		if (bill === undefined || !hasImage(bill)) return sendJson(reply, 404, UNKNOWN_PATH);
		const pdf = await pdfOfBill(bill, context.ledger.lines(bill));
		return reply
			.type('application/pdf')
			.header('content-disposition', `attachment; filename="${bill.number}.pdf"`)
			.send(Buffer.from(pdf));
	});
}

function requireToken(api: FastifyInstance, context: SandboxContext, version: LumenVersion): void {
	api.addHook('onRequest', async (request) => checkToken(request, context, version));
}

function isFirstAccount({ ledger }: SandboxContext, account: string): boolean {
	return ledger.accounts('lumen')[0]?.id === account;
}

/** The legacy gateway, in front of v1 and the old token endpoint, marks each answer with an id of its own. */
function addTrackingIds(scope: FastifyInstance): void {
	let count = 0;
	scope.addHook('onRequest', async (request, reply) => {
		if (/^\/lumen\/(Billing|oauth)\/v1\//.test(request.url)) reply.header('TrackingId', trackingId(++count));
	});
}

function trackingId(count: number): string {
	const hex = createHash('sha256').update(`tracking ${count}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function sendError(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
	if (error instanceof LumenError) {
		return sendJson(reply, error.status, { code: String(error.status), message: error.message, ...error.extra });
	}
	return sendJson(reply, 500, { code: '500', message: 'Internal server error' });
}
