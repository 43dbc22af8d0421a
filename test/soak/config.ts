/** How the server of the soak is configured: the sandbox's connections, impatient, with no limit for one reader. */
export interface Breaker {
	/** In a row, until the provider is left alone. */
	readonly failures: number;
	/** Seconds for which it is. */
	readonly rest: number;
}

export async function sandboxConfig(sandboxUrl: string, breaker: Breaker): Promise<object> {
	const { connections } = (await (await fetch(sandboxUrl)).json()) as { connections: readonly object[] };
	return {
		server: { port: 0, logLevel: 'error', timeoutMs: 2_000 },
		access: { open: true },
		limits: { upstreamPerMinute: 100_000_000 },
		connections: connections.map((connection) => ({ ...connection, freshFor: 3, breaker })),
	};
}
