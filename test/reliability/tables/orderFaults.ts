/** What goes wrong while a bill is ordered on demand. */
import type { FaultRule } from '../support/matrix';

export interface OrderFault extends Omit<FaultRule, 'path'> {
	readonly what: string;
	/** Whether nobody knows after it if the bill was made. */
	readonly mayExist: boolean;
}

function answer(status: number, body?: object): Omit<FaultRule, 'path'> {
	return { effect: 'answer', with: { status, ...(body === undefined ? {} : { body }) } };
}

const EXPIRED = { code: '401', message: 'Access token expired' };
const REDIRECTS = [301, 302, 303, 307, 308];
const SIGN_IN = 'https://sso.example.com/login?x=1';
const ITSELF = '/brm/customerBillManagement/v4/customerBillOnDemand';

function redirect(status: number, location: string): Omit<FaultRule, 'path'> {
	return { effect: 'answer', with: { status, headers: { location }, body: '' } };
}

export const ORDER_FAULTS: readonly OrderFault[] = [
	{ what: '401', mayExist: false, ...answer(401) },
	{ what: 'an expired token', mayExist: false, effect: 'expireTokens' },
	{ what: '403 for an expired token', mayExist: false, ...answer(403, EXPIRED) },
	{ what: '429', mayExist: false, ...answer(429) },
	{ what: '500', mayExist: true, ...answer(500) },
	{ what: '503', mayExist: true, ...answer(503) },
	{ what: 'a reset before the answer', mayExist: true, effect: 'reset' },
	{ what: 'a reset inside the answer', mayExist: true, effect: 'reset', with: { afterBytes: 20 } },
	{ what: 'no answer', mayExist: true, effect: 'hang' },
	{ what: 'an answer cut short', mayExist: true, effect: 'truncate' },
	{ what: 'a web page', mayExist: true, effect: 'html' },
	{ what: 'a broken gzip', mayExist: true, effect: 'brokenGzip' },
	...REDIRECTS.flatMap((status) => [
		{ what: `a ${status} to a sign-in page`, mayExist: true, ...redirect(status, SIGN_IN) },
		{ what: `a ${status} to where it was sent`, mayExist: true, ...redirect(status, ITSELF) },
	]),
	{ what: 'a 300 without an address', mayExist: true, ...answer(300) },
];
