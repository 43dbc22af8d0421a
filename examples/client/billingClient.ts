/** A client of the graph in which every question and every answer has its type. No dependency but `fetch`. */
import { type Operations, TEXTS } from './generated/operations';

export interface GraphError {
	readonly message: string;
	readonly path?: readonly (string | number)[];
	/** `code`, and with a provider's trouble `provider`, `connection`, `retryable`, `retryAfter`, `hint`. */
	readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Data and errors may come together: one provider's trouble leaves the others' bills. */
export interface Answer<Data> {
	readonly data: Data | null;
	readonly errors: readonly GraphError[];
}

export class BillingClient {
	/**
	 * @param url for instance `http://127.0.0.1:4000/graphql`
	 * @param key an API key or a token; not needed where the server's door is open
	 */
	constructor(
		private readonly url: string,
		private readonly key?: string,
	) {}

	/** @throws TypeError where the server cannot be reached */
	async ask<Name extends keyof Operations>(
		name: Name,
		variables: Operations[Name]['variables'],
	): Promise<Answer<Operations[Name]['data']>> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
			},
			body: JSON.stringify({ query: TEXTS[name], variables }),
		});
		const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Operations[Name]['data']>>;
		return { data, errors };
	}
}
