/** Oracle's query parameters: which an operation knows, and what their values must look like. */
import { wholeNumber } from '../http/request';
import { badRequest } from '../tmf678/errors';

/** Query values by name: each given once, none empty, none unknown. */
export type Parameters = ReadonlyMap<string, string>;

/** Paging, `fields` and `@type`, which most operations share. */
export interface CommonParameters {
	readonly offset: number;
	readonly limit: number;
	readonly fields: string | undefined;
}

/** @throws TmfError 400 for a parameter that the operation does not know, or that is empty or repeated */
export function knownParameters(query: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): Parameters {
	const parameters = new Map<string, string>();
	for (const [name, value] of Object.entries(query)) {
		if (!known.has(name)) throw badRequest(`Unknown query parameter: ${name}`);
		if (typeof value !== 'string') throw badRequest(`Query parameter given more than once: ${name}`);
		if (value === '') throw badRequest(`Query parameter without a value: ${name}`);
		parameters.set(name, value);
	}
	return parameters;
}

/** Whether the extended Oracle object is asked for. @throws TmfError 400 for any type but the two of the resource */
export function isExtended(parameters: Parameters, resource: string): boolean {
	const type = parameters.get('@type');
	if (type === undefined || type === resource) return false;
	if (type === `${resource}Oracle`) return true;
	throw badRequest(`@type must be ${resource} or ${resource}Oracle`);
}

/** Parameters that only the extended object has. @throws TmfError 400 where one comes without it */
export function requireExtended(parameters: Parameters, name: string, resource: string): void {
	if (parameters.has(name) && !isExtended(parameters, resource)) {
		throw badRequest(`${name} needs @type=${resource}Oracle`);
	}
}

/** A limit beyond the server's is taken as the server's. @throws TmfError 400 */
export function commonParameters(
	parameters: Parameters,
	limits: { readonly default: number; readonly max: number },
): CommonParameters {
	const limit = whole(parameters, 'limit', 1) ?? limits.default;
	return {
		offset: whole(parameters, 'offset', 0) ?? 0,
		limit: Math.min(limit, limits.max),
		fields: parameters.get('fields'),
	};
}

function whole(parameters: Parameters, name: string, min: number): number | undefined {
	const text = parameters.get(name);
	if (text === undefined) return undefined;
	const number = wholeNumber(text, min);
	if (number === undefined) throw badRequest(`${name} must be a whole number from ${min} up`);
	return number;
}

/** A POID in a query: a `+` sent as it is arrives as a space, and no POID has one. */
export function poid(text: string): string {
	return text.replaceAll(' ', '+');
}
