/** TMF630 error bodies, which TMF678 servers answer with. */
export class TmfError extends Error {
	constructor(
		readonly status: number,
		readonly reason: string,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

export const badRequest = (message: string): TmfError => new TmfError(400, 'Bad Request', message);

export const unauthorized = (message: string): TmfError =>
	new TmfError(401, 'Unauthorized', message, { 'www-authenticate': 'Bearer' });

export const notFound = (what: string): TmfError => new TmfError(404, 'Not Found', `${what} was not found`);

export const methodNotAllowed = (allowed: string): TmfError =>
	new TmfError(405, 'Method Not Allowed', `Allowed: ${allowed}`, { allow: allowed });
