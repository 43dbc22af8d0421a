/** floLIVE's customer API: invoices, their files, users and billing cycle definitions. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ProviderRoutes, SandboxContext } from '../context';
import type { Ledger, LedgerAccount, LedgerBill } from '../data/ledger';
import { jsonBody } from '../http/jsonBody';
import type { ExactJson } from '../json/exactJson';

import { login, requireAccess } from './access';
import { directCustomer, invoiceFormat, troubleOf, visibleCustomer } from './customers';
import { bulkFailure, failed, FloLiveFailure, success } from './envelope';
import { invoiceFiles, recentInvoices, wireInvoice } from './invoices';
import { usersOf } from './users';

type CustomerPath = { Params: { customerId: string; userId?: string }; Querystring: { page?: string; size?: string } };

const BASE = '/flolive/api/v2/customer/:customerId';

export const floLiveRoutes: ProviderRoutes = (app, context) => {
	app.setErrorHandler((error, _request, reply) => answerFailure(error, reply));
	addLogin(app, context);
	void app.register((customers, _options, done) => {
		customers.addHook<CustomerPath>('onRequest', (request, reply, next) => {
			requireAccess(request, context);
			const trouble = troubleOf(request.params.customerId);
			if (trouble === undefined) next();
			else sendJson(reply, trouble.bulk ? bulkFailure(trouble.failure) : failed(trouble.failure));
		});
		addInvoices(customers, context);
		addLists(customers, context);
		done();
	});
};

function addLogin(app: FastifyInstance, context: SandboxContext): void {
	app.post('/flolive/login', (request, reply) => {
		const body = (jsonBody(request) ?? {}) as { username?: unknown; password?: unknown };
		return sendJson(reply, JSON.stringify({ data: { token: login(body.username, body.password, context) } }));
	});
}

function addInvoices(app: FastifyInstance, { ledger, options }: SandboxContext): void {
	app.get<CustomerPath>(`${BASE}/invoices`, (request, reply) => {
		const customer = visibleCustomer(ledger, request.params.customerId);
		return sendJson(reply, success(recentInvoices(ledger, customer, options.today).map(wireInvoice)));
	});
	app.post<CustomerPath>(`${BASE}/download-invoices`, async (request, reply) => {
		const customer = directCustomer(ledger, request.params.customerId);
		const invoices = chosenInvoices(request, recentInvoices(ledger, customer, options.today));
		const file = await invoiceFiles(ledger, invoices, invoiceFormat(ledger, customer));
		return sendJson(reply, success([{ attachmentData: Buffer.from(file).toString('base64') }]));
	});
}

/** The invoices named in `{"id": [...]}` or in a bare array, the two readings of the document; all of them where none is named. */
function chosenInvoices(request: FastifyRequest, invoices: readonly LedgerBill[]): readonly LedgerBill[] {
	const body = jsonBody(request);
	const ids = Array.isArray(body) ? (body as unknown[]) : ((body ?? {}) as { id?: unknown }).id;
	if (ids === undefined || ids === null) return invoices;
	if (!Array.isArray(ids) || ids.length === 0) throw new FloLiveFailure('badInvoiceIds');
	return ids.map((wanted: unknown) => {
		const invoice = invoices.find(({ id }) => id === wanted);
		if (invoice === undefined) throw new FloLiveFailure('badInvoiceIds');
		return invoice;
	});
}

function addLists(app: FastifyInstance, { ledger }: SandboxContext): void {
	const users = (request: FastifyRequest<CustomerPath>, reply: FastifyReply): FastifyReply => {
		const { customerId, userId } = request.params;
		const found = usersOf(visibleCustomer(ledger, customerId)).filter(
			({ id }) => userId === undefined || id === userId,
		);
		if (found.length === 0) throw new FloLiveFailure('noDetails');
		const page = wholeNumber(request.query.page, 0);
		const size = Math.max(1, wholeNumber(request.query.size, 10));
		const pageable = { page, size, totalPages: Math.ceil(found.length / size), totalElements: found.length };
		return sendJson(reply, success(found.slice(page * size, (page + 1) * size), pageable));
	};
	app.get(`${BASE}/user`, users);
	app.get(`${BASE}/user/:userId`, users);
	app.get<CustomerPath>(`${BASE}/eligible-bcd`, (request, reply) => {
		const customer = visibleCustomer(ledger, request.params.customerId);
		return sendJson(reply, success([billingCycleDefinition(ledger, customer)]));
	});
}

function billingCycleDefinition(ledger: Ledger, customer: LedgerAccount): ExactJson {
	return {
		id: `${customer.id}-1`,
		name: 'Monthly',
		description: 'One invoice a month',
		periodType: 'MONTH',
		startDay: 1,
		duration: 1,
		invoiceFormat: invoiceFormat(ledger, customer),
		isAutomatic: true,
	};
}

function wholeNumber(text: string | undefined, otherwise: number): number {
	return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
}

function sendJson(reply: FastifyReply, text: string): FastifyReply {
	return reply.type('application/json;charset=UTF-8').send(text);
}

/** Failures come with HTTP 200, save refused credentials; what is not of floLIVE's making is a service that is not there. */
function answerFailure(error: unknown, reply: FastifyReply): FastifyReply {
	if (!(error instanceof FloLiveFailure)) return sendJson(reply.code(500), failed('unavailable'));
	return sendJson(reply.code(error.failure === 'unauthorized' ? 401 : 200), failed(error.failure));
}
