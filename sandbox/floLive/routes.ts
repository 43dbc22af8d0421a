/** floLIVE's customer API: invoices, their files, users and billing cycle definitions. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ProviderRoutes, SandboxContext } from '../context';
import type { Ledger, LedgerAccount, LedgerBill } from '../data/ledger';
import { allowEmptyJson, jsonBody } from '../http/jsonBody';
import { sendJson } from '../http/reply';
import type { ExactJson } from '../json/exactJson';

import { login, requireAccess } from './access';
import { directCustomer, invoiceFormat, troubleOf, visibleCustomer } from './customers';
import { bulkFailure, failed, FloLiveFailure, success } from './envelope';
import { invoiceFiles, recentInvoices, wireInvoice } from './invoices';
import { usersOf } from './users';

type CustomerPath = { Params: { customerId: string; userId?: string }; Querystring: { page?: string; size?: string } };

const BASE = '/flolive/api/v2/customer/:customerId';

export const floLiveRoutes: ProviderRoutes = (app, context) => {
	allowEmptyJson(app);
	app.setErrorHandler((error, _request, reply) => answerFailure(error, reply));
	addLogin(app, context);
	void app.register((customers, _options, done) => {
		customers.addHook<CustomerPath>('onRequest', (request, reply, next) => {
			requireAccess(request, context);
			const trouble = troubleOf(request.params.customerId);
			if (trouble === undefined) next();
			else sendJson(reply, 200, trouble.bulk ? bulkFailure(trouble.failure) : failed(trouble.failure));
		});
		addInvoices(customers, context);
		addLists(customers, context);
		done();
	});
};

function addLogin(app: FastifyInstance, context: SandboxContext): void {
	app.post('/flolive/login', (request, reply) => {
		const body = (jsonBody(request) ?? {}) as { username?: unknown; password?: unknown };
		return sendJson(reply, 200, { data: { token: login(body.username, body.password, context) } });
	});
}

function addInvoices(app: FastifyInstance, { ledger, options }: SandboxContext): void {
	app.get<CustomerPath>(`${BASE}/invoices`, (request, reply) => {
		const customer = visibleCustomer(ledger, request.params.customerId);
		return sendJson(reply, 200, success(recentInvoices(ledger, customer, options.today).map(wireInvoice)));
	});
	app.post<CustomerPath>(`${BASE}/download-invoices`, async (request, reply) => {
		const customer = directCustomer(ledger, request.params.customerId);
		const invoices = chosenInvoices(request, recentInvoices(ledger, customer, options.today));
		const file = await invoiceFiles(ledger, invoices, invoiceFormat(ledger, customer));
		return sendJson(reply, 200, success([{ attachmentData: Buffer.from(file).toString('base64') }]));
	});
}

/** The invoices named in `{"id": [...]}` or in a bare array, the two readings of the document; all of them where none is named. */
function chosenInvoices(request: FastifyRequest, invoices: readonly LedgerBill[]): readonly LedgerBill[] {
	const ids = namedIds(jsonBody(request));
	if (ids === undefined || ids === null) return invoices;
	if (!Array.isArray(ids) || ids.length === 0) throw new FloLiveFailure('badInvoiceIds');
	return ids.map((wanted: unknown) => {
		const invoice = invoices.find(({ id }) => id === wanted);
		if (invoice === undefined) throw new FloLiveFailure('badInvoiceIds');
		return invoice;
	});
}

function namedIds(body: unknown): unknown {
	if (body === undefined || Array.isArray(body)) return body;
	if (typeof body !== 'object' || body === null) throw new FloLiveFailure('badInvoiceIds');
	return (body as { id?: unknown }).id;
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
		return sendJson(reply, 200, success(found.slice(page * size, (page + 1) * size), pageable));
	};
	app.get(`${BASE}/user`, users);
	app.get(`${BASE}/user/:userId`, users);
	app.get<CustomerPath>(`${BASE}/eligible-bcd`, (request, reply) => {
		const customer = visibleCustomer(ledger, request.params.customerId);
		return sendJson(reply, 200, success([billingCycleDefinition(ledger, customer)]));
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

/** Failures come with HTTP 200, save refused credentials; what is not of floLIVE's making is a service that is not there. */
function answerFailure(error: unknown, reply: FastifyReply): FastifyReply {
	if (error instanceof SyntaxError) return sendJson(reply, 200, failed('badInvoiceIds'));
	if (!(error instanceof FloLiveFailure)) return sendJson(reply, 500, failed('unavailable'));
	return sendJson(reply, error.failure === 'unauthorized' ? 401 : 200, failed(error.failure));
}
