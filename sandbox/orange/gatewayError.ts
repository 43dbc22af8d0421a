/** The errors of Orange's gateway: one body for all, a code that says more than the HTTP status. */

import type { WireRecord } from './wire';

/** HTTP status and message by code, as the error guide of Orange APIs lists them. */
const GATEWAY_ERRORS = {
	1: [500, 'Internal error'],
	21: [400, 'Missing body'],
	22: [400, 'Invalid body'],
	24: [400, 'Invalid body field'],
	27: [400, 'Missing query-string parameter'],
	28: [400, 'Invalid query-string parameter value'],
	40: [401, 'Missing credentials'],
	41: [401, 'Invalid credentials'],
	42: [401, 'Expired credentials'],
	60: [404, 'Resource not found'],
	62: [406, 'Not acceptable'],
	66: [413, 'Request entity too large'],
} as const;

export type GatewayCode = keyof typeof GATEWAY_ERRORS;

/** A refusal by the gateway or by the API behind it. */
export class GatewayError extends Error {
	readonly status: number;

	constructor(
		readonly code: GatewayCode,
		readonly description: string,
	) {
		super(GATEWAY_ERRORS[code][1]);
		this.status = GATEWAY_ERRORS[code][0];
	}

	/** The body, as every error of the gateway is written. */
	body(): WireRecord {
		const { code, message, description } = this;
		return {
			code,
			message,
			description,
			infoURL: 'https://developer.orange.com/resources/orange-apis-error-handling/',
		};
	}
}

/** The error that anything thrown amounts to: refusals as they are, bad input found by the server as 400 or 413, the rest as 500. */
export function gatewayError(error: unknown): GatewayError {
	if (error instanceof GatewayError) return error;
	if (error instanceof SyntaxError) return new GatewayError(22, 'The body is not JSON.');
	const { statusCode } = error as { statusCode?: number };
	if (statusCode === 413) return new GatewayError(66, 'The body is too large.');
	if (statusCode === 400) return new GatewayError(22, 'The request cannot be read.');
	return new GatewayError(1, 'The request failed for a reason on our side.');
}
