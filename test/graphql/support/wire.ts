/** Asks a server over HTTP, as a client would. */
export interface WireError {
	readonly message: string;
	readonly path?: readonly (string | number)[];
	readonly extensions: Readonly<Record<string, unknown>>;
}

export interface WireAnswer<Data> {
	readonly status: number;
	readonly headers: Headers;
	readonly data: Data;
	readonly errors: readonly WireError[];
	readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

export interface Asking {
	readonly variables?: Readonly<Record<string, unknown>>;
	readonly headers?: Readonly<Record<string, string>>;
}

/** `Data` is what the test expects to read; a field that failed is null in it. */
export async function askAt<Data = Record<string, never>>(
	url: string,
	query: string,
	{ variables = {}, headers = {} }: Asking = {},
): Promise<WireAnswer<Data>> {
	const response = await fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify({ query, variables }),
	});
	const { data, errors, extensions } = (await response.json()) as Partial<WireAnswer<Data>>;
	return { status: response.status, headers: response.headers, data: data as Data, errors: errors ?? [], extensions };
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
