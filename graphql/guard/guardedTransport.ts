/** A transport whose requests pass by the connection's guard. */
import type { Transport, TransportRequest, TransportResponse } from '../../providers/transport/port';
import type { ConnectionGuard } from './connectionGuard';

export class GuardedTransport implements Transport {
	constructor(
		private readonly transport: Transport,
		private readonly guard: ConnectionGuard,
	) {}

	request(request: TransportRequest): Promise<TransportResponse> {
		return this.guard.pass(() => this.transport.request(request));
	}

	async renewCredential(refused: TransportResponse): Promise<boolean> {
		return (await this.transport.renewCredential?.(refused)) ?? false;
	}

	async secrets(): Promise<readonly string[]> {
		return (await this.transport.secrets?.()) ?? [];
	}
}
