/** The contract of a provider's API as a table: operations as its documents write them, and what each parameter looks like. */
import type { OperationCapability } from '../../../providers/capabilities';
import type { LoggedRequest } from '../../../sandbox/control/requestLog';
import type { Stand } from './stand';

/** A value as a caller gives it, and as it must stand in the URL. */
export type Sample = readonly [given: unknown, sent: string];
export type Samples = Readonly<Record<string, readonly Sample[]>>;

export interface Documented<Api> {
	/** Method and path, as the document writes them. */
	readonly request: string;
	/** What follows the base URL, as sent. */
	readonly path: string;
	/** Parameters that every request of the operation must have. */
	readonly required?: Samples;
	/** All others, alone or beside the required ones. */
	readonly parameters: Samples;
	/** Beside those that every operation of the provider bears. */
	readonly headers?: Readonly<Record<string, string>>;
	/** JSON body, as the sandbox parsed it; absent: none. */
	readonly body?: unknown;
	call(api: Api, parameters: Record<string, unknown>): unknown;
}

/** What every request of a provider has. */
export interface Contract {
	/** Path of the base URL. */
	readonly base: string;
	readonly headers: Readonly<Record<string, string>>;
	/** What the sandbox says of how the request was signed in. */
	readonly auth: readonly string[];
}

interface Row<Api> {
	readonly title: string;
	readonly operation: Documented<Api>;
	readonly given: Readonly<Record<string, unknown>>;
	readonly sent: readonly string[];
}

/** One row an operation with what is required alone, and one for every sample of every other parameter. */
export function rowsOf<Api>(operations: readonly Documented<Api>[]): readonly Row<Api>[] {
	return operations.flatMap((operation) => {
		const required = Object.entries(operation.required ?? {}).map(([name, [sample]]) => [name, sample] as const);
		const row = (more: readonly (readonly [string, Sample | undefined])[]): Row<Api> => {
			const pairs = [...required, ...more].flatMap(([name, sample]) =>
				sample === undefined ? [] : [{ name, sample }],
			);
			return {
				title: `${operation.request}${more.map(([name, sample]) => ` ${name}=${sample?.[1] ?? ''}`).join('')}`,
				operation,
				given: Object.fromEntries(pairs.map(({ name, sample }) => [name, sample[0]])),
				sent: pairs.map(({ name, sample }) => `${name}=${sample[1]}`),
			};
		};
		const others = Object.entries(operation.parameters).flatMap(([name, samples]) =>
			samples.map((sample) => row([[name, sample]])),
		);
		return [row([]), ...others];
	});
}

/** Sends one row of the table, and holds what the sandbox saw against it. */
export async function expectSent<Api>(
	stand: Stand,
	api: Api,
	{ base, headers, auth }: Contract,
	{ operation, given, sent }: Row<Api>,
): Promise<void> {
	await stand.forget();
	await operation.call(api, given);
	const requests = await stand.seen();
	expect(requests.map(asSent)).toEqual([
		{
			method: operation.request.split(' ')[0],
			path: `${base}${operation.path}`,
			query: [...sent].sort(),
			body: operation.body,
			auth,
			isAccepted: true,
		},
	]);
	expect(requests[0]?.headers).toMatchObject({ ...headers, ...operation.headers });
}

function asSent({ method, rawPath, rawQuery, body, auth, status }: LoggedRequest): object {
	const isAccepted = status !== null && status >= 200 && status < 300;
	return { method, path: rawPath, query: rawQuery === '' ? [] : rawQuery.split('&').sort(), body, auth, isAccepted };
}

/** What a table says there is, in the form of the capabilities: nothing may be missing there, and nothing invented. */
export function namedBy<Api>(operations: readonly Documented<Api>[]): readonly NamedOperation[] {
	return operations
		.map(({ request, required = {}, parameters }) => ({
			request,
			parameters: [...Object.keys(required), ...Object.keys(parameters)].sort(),
		}))
		.sort(byRequest);
}

/** The same of the capabilities. */
export function namedIn(operations: readonly OperationCapability[]): readonly NamedOperation[] {
	return operations.map(({ request, parameters }) => ({ request, parameters: [...parameters].sort() })).sort(byRequest);
}

interface NamedOperation {
	readonly request: string;
	readonly parameters: readonly string[];
}

function byRequest(one: NamedOperation, other: NamedOperation): number {
	return one.request < other.request ? -1 : 1;
}
