/**
 * Orange's asynchronous mode: a request with `X-RESPONSE-MODE: ASYNCHRONOUS` becomes a job, which is asked for until it is done.
 *
 * "BillingManagement 2.4.0" names the header, the resource `asyncJobs` and the six requests that take it, but shows neither
 * how a job is accepted nor what it looks like. So: accepted with 202, or with 200 and what reads like a job; its id in the
 * Location header or in the body; words for its state that are not known mean that it still runs.
 */
import { type JsonObject, type JsonValue, isJsonObject, objectOf, textOf } from '../model/json';
import { linkRequest } from '../documents/links';
import type { ProviderClient } from '../transport/client';
import { protocolError } from '../transport/errors';
import { parseJson } from '../transport/json';
import type { TransportRequest, TransportResponse } from '../transport/port';
import { type QueryPair, joinUrl, lastSegment, pathSegment, withQuery } from '../transport/url';

export const RESPONSE_MODES = ['SYNCHRONOUS', 'ASYNCHRONOUS'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

export interface JobLimits {
	/** The first pause, in milliseconds; doubles each time up to the longest. */
	readonly firstPauseMs: number;
	readonly longestPauseMs: number;
	/** Waiting in all, in milliseconds. */
	readonly longestWaitMs: number;
}

export const DEFAULT_JOB_LIMITS: JobLimits = {
	firstPauseMs: 1_000,
	longestPauseMs: 30_000,
	longestWaitMs: 15 * 60_000,
};

export type JobResult =
	/** Orange keeps the result under this address. */
	| { readonly kind: 'LINK'; readonly request: TransportRequest }
	/** The result is in the job itself. */
	| { readonly kind: 'INLINE'; readonly value: JsonValue };

const DONE = new Set([
	'done',
	'complete',
	'completed',
	'finished',
	'success',
	'succeeded',
	'successful',
	'ready',
	'available',
	'ok',
]);
const FAILED = new Set([
	'failed',
	'failure',
	'error',
	'inerror',
	'cancelled',
	'canceled',
	'aborted',
	'rejected',
	'expired',
]);

/** Members that may hold the result or a link to it, likeliest first. */
const RESULT_MEMBERS = [
	'result',
	'resultUrl',
	'resultUri',
	'downloadUrl',
	'response',
	'href',
	'url',
	'link',
	'location',
];

/** The job that a request was turned into; null where the answer is the result itself. @throws BillingError PROTOCOL */
export function acceptedJob(response: TransportResponse): string | null {
	const body = jobBody(response);
	const location = response.headers['location'];
	const located = location === undefined ? null : lastSegment(location);
	const named = textOf(body['jobId']) ?? textOf(body['asyncJobId']);
	const isJob =
		response.status === 202 || named !== null || (location?.includes('/asyncJobs/') ?? false) || readsLikeJob(body);
	if (!isJob) return null;
	const id = located ?? named ?? textOf(body['id']);
	if (id === null) throw protocolError('Orange accepted an asynchronous request without naming its job');
	return id;
}

export class AsyncJobs {
	constructor(
		private readonly client: ProviderClient,
		private readonly root: string,
		private readonly limits: JobLimits,
		private readonly documentHosts: readonly string[] | undefined,
	) {}

	/** `asyncJobs/{id}`, as it is now. */
	async job(id: string, signal?: AbortSignal, query: readonly QueryPair[] = []): Promise<JsonValue> {
		const { body } = await this.client.send(
			{
				method: 'GET',
				url: withQuery(joinUrl(this.root, 'asyncJobs', pathSegment(id, 'jobId')), query),
				headers: { accept: 'application/json' },
				expect: 'text',
				credential: 'SEND',
				...(signal === undefined ? {} : { signal }),
			},
			{ repeatable: true },
		);
		return body.kind === 'text' ? parseJson(body.text) : null;
	}

	/** Asks with growing pauses until the job is done. @throws BillingError UNAVAILABLE when it failed, TIMEOUT */
	result(id: string, signal?: AbortSignal): Promise<JobResult> {
		return this.client.asOurs(() => this.awaited(id, signal));
	}

	private async awaited(id: string, signal: AbortSignal | undefined): Promise<JobResult> {
		const { firstPauseMs, longestPauseMs, longestWaitMs } = this.limits;
		let pause = firstPauseMs;
		for (let waited = 0; waited < longestWaitMs; waited += pause, pause = Math.min(pause * 2, longestPauseMs)) {
			await this.client.clock.sleep(pause, signal);
			const job = await this.job(id, signal);
			if (Array.isArray(job)) return { kind: 'INLINE', value: job };
			const state = stateOf(objectOf(job));
			if (FAILED.has(state)) throw this.failed(id, objectOf(job));
			if (DONE.has(state)) return this.resultOf(id, objectOf(job));
		}
		throw this.client.error({
			kind: 'TIMEOUT',
			message: `The asynchronous job ${id} was not done after ${Math.round(longestWaitMs / 60_000)} minutes`,
			hint: 'It may still be: get the job later by this id.',
			retryable: false,
		});
	}

	private resultOf(id: string, job: JsonObject): JobResult {
		for (const name of RESULT_MEMBERS) {
			const member = job[name];
			const link = textOf(member) ?? textOf(objectOf(member)['href']) ?? textOf(objectOf(member)['url']);
			if (link !== null && !link.endsWith(`/asyncJobs/${encodeURIComponent(id)}`)) {
				const rules = { ownOrigins: [`${this.root}/`], foreignHosts: this.documentHosts };
				return { kind: 'LINK', request: linkRequest(link, rules) };
			}
			if (member !== null && typeof member === 'object') return { kind: 'INLINE', value: member };
		}
		throw this.client.error({
			kind: 'PROTOCOL',
			message: `The asynchronous job ${id} is done but does not say where its result is`,
			hint: 'Get the job by this id and look where its result may be.',
		});
	}

	private failed(id: string, job: JsonObject) {
		const said = textOf(job['message']) ?? textOf(objectOf(job['error'])['message']);
		return this.client.error({
			kind: 'UNAVAILABLE',
			message: `The asynchronous job ${id} failed${said === null ? '' : `: ${said}`}`,
			hint: 'Ask again; if it fails again, give the job id to Orange support.',
			retryable: false,
		});
	}
}

/** An id and the state of something that is being done, and nothing of a bill. */
function readsLikeJob(body: JsonObject): boolean {
	const isBill = 'customer' in body || 'type' in body;
	return !isBill && textOf(body['id']) !== null && stateOf(body) !== '';
}

function stateOf(job: JsonObject): string {
	return (textOf(job['status']) ?? textOf(job['state']) ?? '').toLowerCase().replace(/[^a-z]/g, '');
}

/** The body where it is a JSON object of modest size; empty otherwise, for instance for a file. */
function jobBody({ body }: TransportResponse): JsonObject {
	const text = body.kind === 'text' ? body.text : body.kind === 'bytes' ? Buffer.from(body.bytes).toString('utf8') : '';
	if (!/^\s*\{/.test(text)) return {};
	try {
		const value = parseJson(text);
		return isJsonObject(value) ? value : {};
	} catch {
		return {};
	}
}
