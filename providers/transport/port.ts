/** The port through which connectors reach the network. Each face injects its own: n8n's HTTP helper, or undici. */

/** How the body is wanted. Text, never parsed JSON: amounts must not pass through floats (see `json.ts`). */
export type Expect = 'text' | 'bytes' | 'stream';

export interface TransportRequest {
	readonly method: 'GET' | 'POST';
	/** Absolute, query included and already encoded by `url.ts`: an adapter sends it unchanged. */
	readonly url: string;
	/** Lower-case names. Authorization is the adapter's business, never the connector's. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly expect: Expect;
	/**
	 * WITHHOLD: send neither the connection's token nor its API key (a link to a host that is not the provider's).
	 * Either way an adapter follows no redirect to another origin with credentials.
	 */
	readonly credential: 'SEND' | 'WITHHOLD';
	/**
	 * True: the address comes from a record, not from the configuration, so it must not lead into a private network. An
	 * adapter that looks names up refuses those that do, at the address that it connects to.
	 */
	readonly publicOnly?: boolean;
	/** True: never send it a second time, not even with a new token after a 401, because it creates something. */
	readonly once?: boolean;
	/** How long until the response head, and between bytes after it, in milliseconds. */
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
}

export interface TransportResponse {
	readonly status: number;
	/** Lower-case names; repeated headers are joined with `, `. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: TransportBody;
}

/** Exactly what `expect` asked for. */
export type TransportBody =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'bytes'; readonly bytes: Uint8Array }
	| { readonly kind: 'stream'; readonly stream: AsyncIterable<Uint8Array> };

/**
 * Any HTTP status is a response, not an exception.
 * `request` throws BillingError of kind TIMEOUT or UNAVAILABLE when there is no response,
 * AUTH when no token could be had, and rethrows the signal's reason when aborted.
 */
export interface Transport {
	request(request: TransportRequest): Promise<TransportResponse>;
	/**
	 * Gets a new token, whatever the old one's age; false when there is nothing to renew. An adapter renews by itself
	 * on 401; this is for what only a connector can see: a 403, or an expiry inside a body with status 200.
	 * `refused`, the response that showed it, tells which token was spent, so that many requests refused at once renew once.
	 */
	renewCredential?(refused: TransportResponse): Promise<boolean>;
	/** What must stand in no error: tokens, keys and passwords as they travel. Absent: there are none. */
	secrets?(): Promise<readonly string[]>;
}
