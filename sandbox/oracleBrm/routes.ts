/** Oracle BRM's REST Services Manager: Customer Bill Management v4, with its tokens and without. */
import type { FastifyInstance } from 'fastify';

import type { ProviderRoutes, SandboxContext } from '../context';
import { sendJson } from '../http/reply';
import { bearerToken, queryOf } from '../http/request';
import { addErrorAnswers } from '../tmf678/errorAnswers';
import { addBillImages } from '../tmf678/billImages';
import { badRequest, notFound, unauthorized } from '../tmf678/errors';
import { withFields } from '../tmf678/fields';
import { type OnDemandDesk, addOnDemand, createOnDemandDesk, idOf } from '../tmf678/onDemand';
import { addPlainTmf678 } from '../tmf678/plainServer';
import { BILL_PARAMETERS, filteredBills } from './billFilters';
import { billingCycleOf, oracleBill, oracleDress, oracleRate } from './dress';
import { commonParameters, isExtended, knownParameters, poid, requireExtended } from './parameters';
import { RATE_PARAMETERS, filteredRates, findBill, findRate } from './rateFilters';
import { addOracleTokens } from './token';

const ITEM_PARAMETERS: ReadonlySet<string> = new Set(['@type', 'fields']);
const ON_DEMAND_PARAMETERS: ReadonlySet<string> = new Set(['@type', 'billingAccount.id', 'id', 'limit', 'offset']);
const ON_DEMAND_ITEM_PARAMETERS: ReadonlySet<string> = new Set(['@type']);

type Params = { Params: { id: string } };

export const oracleBrmRoutes: ProviderRoutes = (app, context) => {
	const desk = createOnDemandDesk(context);
	addOracleTokens(app, context);
	mount('/brm', true);
	mount('/brm-open', false);
	addPlainTmf678(app, context, desk);

	function mount(server: string, wantsToken: boolean): void {
		const prefix = `${server}/customerBillManagement/v4`;
		app.register(
			async (scope) => {
				addErrorAnswers(scope, null);
				if (wantsToken) requireToken(scope, context);
				scope.register(
					async (api) => {
						addBills(api, context, prefix);
						addRates(api, context, prefix);
						addOrders(api, context, prefix, desk);
					},
					{ prefix: '/customerBillManagement/v4' },
				);
				// Bill images stand beside the API and want its token, as it does.
				scope.register(async (images) => addBillImages(images, context), { prefix: '/documents' });
			},
			{ prefix: server },
		);
	}
};

/** @throws TmfError 401 */
function requireToken(scope: FastifyInstance, { tokens }: SandboxContext): void {
	scope.addHook('onRequest', async (request) => {
		const token = bearerToken(request);
		if (token === undefined) throw unauthorized('An access token is required');
		const state = tokens.check('oracleBrm', token);
		if (state !== 'valid')
			throw unauthorized(state === 'expired' ? 'The access token expired' : 'The access token is invalid');
	});
}

function addBills(scope: FastifyInstance, context: SandboxContext, prefix: string): void {
	const { ledger, options } = context;
	const base = (): string => `${context.origin()}${prefix}`;
	scope.get('/customerBill', async (request, reply) => {
		const parameters = knownParameters(queryOf(request), BILL_PARAMETERS);
		const extended = isExtended(parameters, 'CustomerBill');
		requireExtended(parameters, 'billingCycleSpecification.id', 'CustomerBill');
		const { offset, limit, fields } = commonParameters(parameters, options.pageLimits.oracleBrm);
		const cycle = parameters.get('billingCycleSpecification.id');
		const bills = filteredBills(ledger, parameters).filter(
			(bill) => cycle === undefined || billingCycleOf(bill) === poid(cycle),
		);
		const dress = oracleDress(base(), parameters.get('@type'));
		const page = bills
			.slice(offset, offset + limit)
			.map((bill) => withFields(oracleBill(bill, dress, extended), fields));
		return sendJson(reply.headers(counts(bills.length, page.length)), 200, page);
	});
	scope.get<Params>('/customerBill/:id', async (request, reply) => {
		const parameters = knownParameters(queryOf(request), ITEM_PARAMETERS);
		const bill = findBill(ledger, request.params.id);
		if (bill === undefined) throw notFound(`Customer bill ${request.params.id}`);
		const dress = oracleDress(base(), parameters.get('@type'));
		const body = oracleBill(bill, dress, isExtended(parameters, 'CustomerBill'));
		return sendJson(reply, 200, withFields(body, parameters.get('fields')));
	});
}

function addRates(scope: FastifyInstance, context: SandboxContext, prefix: string): void {
	const resource = 'AppliedCustomerBillingRate';
	const base = (): string => `${context.origin()}${prefix}`;
	scope.get('/appliedCustomerBillingRate', async (request, reply) => {
		const parameters = knownParameters(queryOf(request), RATE_PARAMETERS);
		const extended = isExtended(parameters, resource);
		requireExtended(parameters, 'serviceId', resource);
		const { offset, limit, fields } = commonParameters(parameters, context.options.pageLimits.oracleBrm);
		const { lines, total } = filteredRates(context.ledger, parameters, offset, limit);
		const dress = oracleDress(base(), parameters.get('@type'));
		const page = lines.map((line) => withFields(oracleRate(line, dress, extended), fields));
		return sendJson(reply.headers(counts(total, page.length)), 200, page);
	});
	scope.get<Params>('/appliedCustomerBillingRate/:id', async (request, reply) => {
		const parameters = knownParameters(queryOf(request), ITEM_PARAMETERS);
		const line = findRate(context.ledger, request.params.id);
		if (line === undefined) throw notFound(`Applied customer billing rate ${request.params.id}`);
		const dress = oracleDress(base(), parameters.get('@type'));
		const body = oracleRate(line, dress, isExtended(parameters, resource));
		return sendJson(reply, 200, withFields(body, parameters.get('fields')));
	});
}

function counts(total: number, returned: number): Record<string, string> {
	return { 'X-Total-Count': String(total), 'X-Result-Count': String(returned) };
}

function addOrders(scope: FastifyInstance, context: SandboxContext, prefix: string, desk: OnDemandDesk): void {
	const account = (id: string) =>
		context.ledger.accounts('oracleBrm').find((candidate) => candidate.id === id || candidate.number === id);
	addOnDemand(scope, {
		desk,
		absent: null,
		base: () => `${context.origin()}${prefix}`,
		account,
		sendList(request, reply, orders) {
			const parameters = knownParameters(queryOf(request), ON_DEMAND_PARAMETERS);
			isExtended(parameters, 'CustomerBillOnDemand');
			const { offset, limit } = commonParameters(parameters, context.options.pageLimits.oracleBrm);
			const id = parameters.get('id');
			const accountId = parameters.get('billingAccount.id');
			const wanted = accountId === undefined ? undefined : account(poid(accountId))?.id;
			const page = orders
				.filter((order) => id === undefined || order['id'] === poid(id))
				.filter((order) => accountId === undefined || idOf(order['billingAccount']) === wanted)
				.slice(offset, offset + limit);
			return sendJson(reply, 200, page);
		},
		checkQuery(query) {
			isExtended(knownParameters(query, ON_DEMAND_ITEM_PARAMETERS), 'CustomerBillOnDemand');
		},
		checkBody(body) {
			const extended = body['@type'] === 'CustomerBillOnDemand_CreateOracle';
			const cycle = idOf(body['billingCycleSpecification']);
			if (extended && cycle === undefined) throw badRequest('billingCycleSpecification is required, with its id');
			if (!extended && cycle !== undefined) {
				throw badRequest('billingCycleSpecification needs @type CustomerBillOnDemand_CreateOracle');
			}
		},
	});
}
