/** What an Orange operation is asked and what it answers, apart from HTTP, so that a job can run it later. */
import { writeJson, type ExactJson } from '../json/exactJson';

import { GatewayError } from './gatewayError';

export type MediaType = 'application/json' | 'application/pdf' | 'text/csv';

export interface Call {
	/** Decoded id in the path, empty where the path has none. */
	readonly id: string;
	readonly query: URLSearchParams;
	/** The media type to answer in, one of those that the operation offers. */
	readonly type: MediaType;
	/** The JSON value of the body, undefined where there is none. */
	readonly body: unknown;
}

export interface Answer {
	readonly type: string;
	readonly body: string | Uint8Array;
	readonly headers: Readonly<Record<string, string>>;
}

export interface Operation {
	readonly offers: readonly [MediaType, ...MediaType[]];
	readonly answer: (call: Call) => Answer | Promise<Answer>;
}

export function jsonAnswer(value: ExactJson, headers: Readonly<Record<string, string>> = {}): Answer {
	return jsonTextAnswer(writeJson(value), headers);
}

export function jsonTextAnswer(body: string, headers: Readonly<Record<string, string>> = {}): Answer {
	return { type: 'application/json; charset=UTF-8', body, headers };
}

export function fileAnswer(type: MediaType, body: Uint8Array): Answer {
	return { type, body, headers: {} };
}

/** The first media type of `accept` that is offered; the first offered where anything will do. Throws 406, code 62. */
export function chosenType(accept: string | undefined, offers: Operation['offers']): MediaType {
	const wanted = acceptedTypes(accept);
	if (wanted.length === 0) return offers[0];
	for (const range of wanted) {
		const found = offers.find((type) => range === '*/*' || range === type);
		if (found !== undefined) return found;
	}
	throw new GatewayError(62, `Available as ${offers.join(', ')}.`);
}

/** Media types of an Accept header in its order, without parameters. */
export function acceptedTypes(accept: string | undefined): readonly string[] {
	const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase() ?? '');
	return types.filter((type) => type !== '');
}
