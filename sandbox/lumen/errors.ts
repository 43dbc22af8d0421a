/** Lumen's refusals, word for word as the tables of its Customer Bill guide. The JSON around them is not documented. */

/** Thrown by Lumen's routes, answered as `{code, message}`, with `extra` members beside. */
export class LumenError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly extra: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

export const invalidToken = (): LumenError => new LumenError(401, 'Unauthorized. Invalid access token');

/** The tables word it differently: for bills with "Unauthorized." before it, for rates without. */
export const expiredToken = (resource: string): LumenError =>
	new LumenError(
		401,
		resource.startsWith('customerBill') ? 'Unauthorized. Access token expired' : 'Access token expired',
	);

/** The v2 gateway's own shape for a request without credentials. */
export const missingCredentials = (): LumenError =>
	new LumenError(401, 'Missing Credentials', {
		reason: 'missingCredentials',
		referenceError: 'https://developer.lumen.com/errors',
	});

export const noData = (account: string): LumenError =>
	new LumenError(404, `No data found for billingAccountID: ${account}`);

export const notAuthorized = (account: string): LumenError =>
	new LumenError(404, `User not authorized for billingAccountID: ${account}`);

export const limitTooLarge = (max: number): LumenError =>
	new LumenError(400, `Max allowed value for limit is ${max}. Retry request by adjusting the limit param.`);

/** The format that once stood after "in" is lost in the published text. */
export const badDate = (): LumenError =>
	new LumenError(400, 'Date must be in format. Please retry request adjusting the date param');

export const missing = (parameter: string): LumenError =>
	new LumenError(400, `Required parameter is missing: ${parameter}`);

export const badNumber = (parameter: string): LumenError =>
	new LumenError(400, `Parameter must be a whole number: ${parameter}`);

/** The gateway's answer to a path that does not exist. */
export const UNKNOWN_PATH = { code: '404', message: 'Not Found', info: 'Requested resource not found' };
