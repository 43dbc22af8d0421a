/** Who may see what at Lumen: tokens, and the billing accounts that an application is bound to. */
import type { FastifyRequest } from 'fastify';

import type { SandboxContext } from '../context';
import { bearerToken, queryValue } from '../http/request';
import { expiredToken, invalidToken, missing, missingCredentials, notAuthorized } from './errors';

const ACCOUNT_HEADER = 'x-billing-account-number';

export type LumenVersion = 'v1' | 'v2';

/** @throws LumenError 401 */
export function checkToken(request: FastifyRequest, { tokens }: SandboxContext, version: LumenVersion): void {
	if (request.headers.authorization === undefined && version === 'v2') throw missingCredentials();
	const state = tokens.check('lumen', bearerToken(request) ?? '');
	if (state === 'unknown') throw invalidToken();
	if (state === 'expired') throw expiredToken(resourceOf(request));
}

function resourceOf(request: FastifyRequest): string {
	return /CustomerBillManagement\/(\w+)/.exec(request.url)?.[1] ?? 'customerBill';
}

/** The account of the header; undefined without the header, which only v1 lets pass. */
export function headerAccount(
	request: FastifyRequest,
	context: SandboxContext,
	version: LumenVersion,
): string | undefined {
	const header = request.headers[ACCOUNT_HEADER];
	const account = Array.isArray(header) ? header[0] : header;
	if (account === undefined || account === '') {
		if (version === 'v2') throw missing(ACCOUNT_HEADER);
		return undefined;
	}
	if (!isBound(context, account)) throw notAuthorized(account);
	return account;
}

/** The account whose bills are asked for: the parameter, or else the header; they must not differ. */
export function askedAccount(request: FastifyRequest, context: SandboxContext, version: LumenVersion): string {
	const header = headerAccount(request, context, version);
	const account = queryValue(request, 'billingAccountNumber') ?? (version === 'v1' ? header : undefined);
	if (account === undefined || account === '') throw missing('billingAccountNumber');
	if (!isBound(context, account) || (header !== undefined && header !== account)) throw notAuthorized(account);
	return account;
}

function isBound({ ledger }: SandboxContext, account: string): boolean {
	return ledger.accounts('lumen').some(({ id }) => id === account);
}
