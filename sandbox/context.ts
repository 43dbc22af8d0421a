/** What a provider's routes are given: the books, the clock, the tokens, and the limits in force. */
import type { FastifyInstance } from 'fastify';

import type { Ledger } from './data/ledger';

export interface SandboxOptions {
	/** 0 picks a free port. */
	readonly port: number;
	readonly host: string;
	/** Accounts a provider. */
	readonly accounts: number;
	readonly billsPerAccount: number;
	readonly ratesPerBill: number;
	/** Milliseconds before every provider answer. */
	readonly latencyMs: number;
	readonly seed: number;
	/** `YYYY-MM-DD`: the day the sandbox takes for today; the newest bills fall in the month before it. */
	readonly today: string;
	/** Seconds. */
	readonly tokenLifetime: number;
	/** Rows that a provider gives without a `limit`, and at most. */
	readonly pageLimits: Readonly<
		Record<'lumen' | 'oracleBrm' | 'orange', { readonly default: number; readonly max: number }>
	>;
	/** Orange accounts embedded in bills bear their name. */
	readonly orangeEmbedsAccountName: boolean;
}

export interface SandboxContext {
	readonly options: SandboxOptions;
	readonly ledger: Ledger;
	readonly tokens: TokenDesk;
	/** The sandbox's own time, milliseconds. */
	now(): number;
	/** `http://127.0.0.1:PORT`, known once it listens. */
	origin(): string;
}

/** Issues and checks OAuth2 tokens of one kind; a token of one provider is worth nothing at another. */
export interface TokenDesk {
	issue(provider: string, lifetimeSeconds: number): string;
	check(provider: string, token: string): 'valid' | 'expired' | 'unknown';
}

/** Adds one provider's routes under its own prefix, for instance `/lumen`. */
export type ProviderRoutes = (app: FastifyInstance, context: SandboxContext) => void;
