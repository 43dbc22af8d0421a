/** A connection's credentials, which may be replaced while the server runs; requests under way end with the old ones. */
import type { Transport, TransportRequest, TransportResponse } from '../../providers/transport/port';
import type { AuthConfig } from './configSchema';

export class RotatingTransport implements Transport {
	private current: Transport;

	constructor(
		private given: AuthConfig,
		private readonly transportOf: (auth: AuthConfig) => Transport,
	) {
		this.current = transportOf(given);
	}

	get auth(): AuthConfig {
		return this.given;
	}

	/** False where these are the credentials already in use. */
	rotate(auth: AuthConfig): boolean {
		if (JSON.stringify(auth) === JSON.stringify(this.given)) return false;
		this.given = auth;
		this.current = this.transportOf(auth);
		return true;
	}

	request(request: TransportRequest): Promise<TransportResponse> {
		return this.current.request(request);
	}

	/** False for a response that was asked for with credentials since replaced: asking again takes the new ones. */
	async renewCredential(refused: TransportResponse): Promise<boolean> {
		return (await this.current.renewCredential?.(refused)) ?? false;
	}

	async secrets(): Promise<readonly string[]> {
		return (await this.current.secrets?.()) ?? [];
	}
}
