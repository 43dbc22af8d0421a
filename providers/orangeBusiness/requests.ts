/** How Orange's API is asked: lists with their totals, single resources, files; each at once or as an asynchronous job. */
import type { ConnectorDeps, ConnectorSettings } from '../connector';
import { bytesDocument, openDocument } from '../documents/open';
import type { WantedDocument } from '../documents/kind';
import type { DocumentStream } from '../model/document';
import { type JsonObject, type JsonValue, isJsonObject } from '../model/json';
import { ProviderClient } from '../transport/client';
import { invalidParameter, protocolError } from '../transport/errors';
import { parseJson } from '../transport/json';
import type { WirePage } from '../transport/pageWalk';
import type { Expect, TransportRequest, TransportResponse } from '../transport/port';
import { DEFAULT_RETRY } from '../transport/retry';
import { type QueryPair, checkedBaseUrl, joinUrl, withQuery } from '../transport/url';
import {
	AsyncJobs,
	DEFAULT_JOB_LIMITS,
	type JobLimits,
	RESPONSE_MODES,
	type ResponseMode,
	acceptedJob,
} from './asyncJobs';
import { readRefusal } from './refusal';

export interface RequestOptions {
	readonly signal?: AbortSignal | undefined;
}

/** Of requests for one resource; lists have it among their parameters. */
export interface AcceptOptions {
	/** Media type that supersedes the Accept header, for networks whose proxy rewrites it. */
	readonly overrideAccept?: string | undefined;
}

/** Of the six requests that Orange also takes asynchronously. */
export interface ModeOptions extends RequestOptions {
	/** SYNCHRONOUS where absent. */
	readonly mode?: ResponseMode | undefined;
}

interface Answer {
	readonly value: JsonValue;
	/** `X-Total-Count`. */
	readonly total: number | null;
}

export class OrangeRequests {
	readonly client: ProviderClient;
	readonly jobs: AsyncJobs;
	private readonly root: string;

	/** @throws BillingError INVALID_REQUEST for a base URL that is none. */
	constructor(
		settings: ConnectorSettings & { readonly jobLimits?: JobLimits | undefined },
		{ transport, clock, retry = DEFAULT_RETRY }: ConnectorDeps,
	) {
		this.root = checkedBaseUrl(settings.baseUrl);
		this.client = new ProviderClient({
			provider: 'ORANGE_BUSINESS',
			connection: settings.connection,
			transport,
			clock,
			retry,
			readRefusal,
			requestIdHeader: 'x-oapi-request-id',
			...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
		});
		this.jobs = new AsyncJobs(this.client, this.root, settings.jobLimits ?? DEFAULT_JOB_LIMITS, settings.documentHosts);
	}

	async list<Row extends JsonObject>(
		path: readonly string[],
		pairs: readonly QueryPair[],
		options: ModeOptions,
	): Promise<WirePage<Row>> {
		return pageOf(await this.json(this.request('GET', path, pairs), options));
	}

	/** A list whose entries need not be resources. */
	async values(
		path: readonly string[],
		pairs: readonly QueryPair[],
		options: ModeOptions,
	): Promise<WirePage<JsonValue>> {
		const answer = await this.json(this.request('GET', path, pairs), options);
		return { rows: valuesOf(answer), total: answer.total };
	}

	/** Any JSON. */
	async value(path: readonly string[], pairs: readonly QueryPair[], options: ModeOptions): Promise<JsonValue> {
		return (await this.json(this.request('GET', path, pairs), options)).value;
	}

	async search<Row extends JsonObject>(
		path: readonly string[],
		pairs: readonly QueryPair[],
		query: JsonObject,
		options: ModeOptions,
	): Promise<WirePage<Row>> {
		const { headers, ...request } = this.request('POST', path, pairs);
		const body = JSON.stringify(query);
		return pageOf(
			await this.json({ ...request, headers: { ...headers, 'content-type': 'application/json' }, body }, options),
		);
	}

	async one(path: readonly string[], pairs: readonly QueryPair[], options: ModeOptions): Promise<JsonObject> {
		const value = await this.value(path, pairs, options);
		if (!isJsonObject(value)) throw protocolError('Orange gave something else than the one resource asked for');
		return value;
	}

	/** A file, told to be the kind wanted by its first bytes. */
	async file(
		path: readonly string[],
		pairs: readonly QueryPair[],
		wanted: WantedDocument,
		{ mode, signal }: ModeOptions,
	): Promise<DocumentStream> {
		const accept = { accept: wanted.mediaTypes.join(', ') };
		const request = withSignal({ ...this.request('GET', path, pairs), headers: accept }, signal);
		if (!isAsynchronous(mode)) return openDocument(this.client, request, wanted);
		const response = await this.client.send(asynchronous(request, 'bytes'), { repeatable: true });
		const job = acceptedJob(response);
		if (job === null) return bytesDocument(bytesOf(response), wanted);
		const result = await this.jobs.result(job, signal);
		if (result.kind === 'INLINE') throw protocolError('Orange gave the result of the job as JSON, not as a file');
		return openDocument(this.client, withSignal({ ...result.request, headers: accept }, signal), wanted);
	}

	private request(method: 'GET' | 'POST', path: readonly string[], pairs: readonly QueryPair[]): TransportRequest {
		return {
			method,
			url: withQuery(joinUrl(this.root, ...path), pairs),
			headers: { accept: 'application/json' },
			expect: 'text',
			credential: 'SEND',
		};
	}

	private async json(request: TransportRequest, { mode, signal }: ModeOptions): Promise<Answer> {
		const sent = withSignal(isAsynchronous(mode) ? asynchronous(request, 'text') : request, signal);
		const response = await this.client.send(sent, { repeatable: true });
		const job = isAsynchronous(mode) ? acceptedJob(response) : null;
		if (job === null) return answerOf(response);
		const result = await this.jobs.result(job, signal);
		if (result.kind === 'INLINE') return { value: result.value, total: null };
		const fetched = withSignal({ ...result.request, headers: request.headers, expect: 'text' }, signal);
		return answerOf(await this.client.send(fetched, { repeatable: true }));
	}
}

function isAsynchronous(mode: ResponseMode | undefined): boolean {
	if (mode !== undefined && !RESPONSE_MODES.includes(mode)) {
		throw invalidParameter('mode', `is "${mode}"`, `Allowed are: ${RESPONSE_MODES.join(', ')}.`);
	}
	return mode === 'ASYNCHRONOUS';
}

function asynchronous(request: TransportRequest, expect: Expect): TransportRequest {
	return { ...request, expect, headers: { ...request.headers, 'x-response-mode': 'ASYNCHRONOUS' } };
}

function withSignal(request: TransportRequest, signal: AbortSignal | undefined): TransportRequest {
	return signal === undefined ? request : { ...request, signal };
}

function answerOf({ body, headers }: TransportResponse): Answer {
	const count = headers['x-total-count'];
	return {
		value: body.kind === 'text' ? parseJson(body.text) : null,
		total: count !== undefined && /^\d{1,15}$/.test(count.trim()) ? Number(count) : null,
	};
}

function valuesOf({ value }: Answer): readonly JsonValue[] {
	if (!Array.isArray(value)) throw protocolError('Orange gave something else than a list');
	return value as readonly JsonValue[];
}

function pageOf<Row extends JsonObject>(answer: Answer): WirePage<Row> {
	const rows = valuesOf(answer).map((row) => {
		if (!isJsonObject(row)) throw protocolError('Orange gave a list with an entry that is not an object');
		return row as Row;
	});
	return { rows, total: answer.total };
}

function bytesOf({ body }: TransportResponse): Uint8Array {
	return body.kind === 'bytes' ? body.bytes : new Uint8Array();
}
