/** URLs: ids and filter values are opaque text, encoded exactly once, here. */
import { invalidParameter } from './errors';

export type QueryPair = readonly [name: string, value: string];

/** One path segment. Slashes, dots and plus signs inside an id stay inside it. */
export function pathSegment(value: string, parameter = 'id'): string {
	if (value === '') throw invalidParameter(parameter, 'is empty');
	if (value === '.' || value === '..') throw invalidParameter(parameter, `is "${value}", which is no id`);
	refuseControlCharacters(value, parameter);
	return encodeURIComponent(value);
}

/** Refuses what could break out of a header or a log line, or is half a character and cannot be encoded. */
export function refuseControlCharacters(value: string, parameter: string): string {
	if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) throw invalidParameter(parameter, 'holds a control character');
	return value;
}

/** `base` and path parts joined with single slashes; parts are taken as already encoded. */
export function joinUrl(base: string, ...parts: readonly string[]): string {
	const trimmed = parts.map((part) => part.replace(/^\/+|(?<!\/)\/+$/g, '')).filter((part) => part !== '');
	return [base.replace(/(?<!\/)\/+$/, ''), ...trimmed].join('/');
}

/** `url?name=value&...`, in the order given. Names keep `@ $ . _ -`; values are percent-encoded (`+` as `%2B`, space as `%20`). */
export function withQuery(
	url: string,
	pairs: readonly QueryPair[],
	encodeValue: (value: string, name: string) => string = encodeURIComponent,
): string {
	if (pairs.length === 0) return url;
	const query = pairs.map(([name, value]) => {
		refuseControlCharacters(value, name);
		return `${encodeURIComponent(name).replace(/%40/g, '@').replace(/%24/g, '$')}=${encodeValue(value, name)}`;
	});
	return `${url}?${query.join('&')}`;
}

/** The last segment of a URL's or a `Location`'s path, decoded; null where there is none. */
export function lastSegment(location: string): string | null {
	const [path = ''] = location.split(/[?#]/, 1);
	const segment = path.split('/').findLast((part) => part !== '');
	if (segment === undefined) return null;
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** Refuses a base URL that is not http(s) or that carries credentials, a query or a fragment. */
export function checkedBaseUrl(value: string, parameter = 'baseUrl'): string {
	let url: URL;
	try {
		url = new URL(value);
	} catch {
		throw invalidParameter(parameter, 'is not a URL', 'It looks like https://api.example.com/billing');
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw invalidParameter(parameter, 'must start with https://');
	if (url.username !== '' || url.password !== '')
		throw invalidParameter(parameter, 'must not hold a user name or password');
	if (/[?#]/.test(url.href)) throw invalidParameter(parameter, 'must not hold a query or fragment');
	return url.href.replace(/(?<!\/)\/+$/, '');
}
