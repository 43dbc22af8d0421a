/** The sandbox behind TLS, with one of the certificates of these tests. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';

export type Certificate = 'own' | 'other' | 'selfSigned';

export interface TlsFront {
	/** For instance `https://127.0.0.1:40001`. */
	readonly url: string;
	close(): void;
}

export async function startTlsFront(sandboxUrl: string, certificate: Certificate): Promise<TlsFront> {
	const pair = { key: fileOf(`${certificate}.key.pem`), cert: fileOf(`${certificate}.cert.pem`) };
	const server = https.createServer(pair, (request, response) => {
		const { method, headers } = request;
		const onward = http.request(`${sandboxUrl}${request.url ?? ''}`, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		request.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `https://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** For NODE_EXTRA_CA_CERTS: it has signed `own` and `other`. */
export const TEST_AUTHORITY = join(__dirname, '../tls/authority.pem');

/** As NODE_EXTRA_CA_CERTS does, which Node.js reads only when it starts. Lasts until it is restored. */
export function trustTestAuthority(): { mockRestore(): void } {
	const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions, listener?: () => void) => tls.TLSSocket;
	const ca = readFileSync(TEST_AUTHORITY, 'utf8');
	const trusting = (options: tls.ConnectionOptions, listener?: () => void): tls.TLSSocket =>
		connect({ ...options, ca }, listener);
	return jest.spyOn(tls, 'connect').mockImplementation(trusting as typeof tls.connect);
}

function fileOf(name: string): string {
	return readFileSync(join(__dirname, '../tls', name), 'utf8');
}
