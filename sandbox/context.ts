/** What a provider's routes are given: the books, the clock, the tokens, and the limits in force. */
import type { FastifyInstance } from 'fastify';

import type { ChangeableLedger } from './data/ledger';

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
	/** Seconds. Undefined: each provider's own (Lumen 1800, Oracle BRM and Orange 3600). */
	readonly tokenLifetime: number | undefined;
	/** Rows that a provider gives without a `limit`, and at most. */
	readonly pageLimits: Readonly<
		Record<'lumen' | 'oracleBrm' | 'orange', { readonly default: number; readonly max: number }>
	>;
	/** `/lumen/oauth/token` answers as Lumen's guide shows it; else 404, as production does. */
	readonly seedTokenUrl: boolean;
	/** Lumen's books hold June to November 2021 only, as Lumen's own test environment does. */
	readonly lumenSandboxData: boolean;
	/** Orange accounts embedded in bills bear their name. */
	readonly orangeEmbedsAccountName: boolean;
	/** Where Orange's search lives: as its reference page says, as its guide says, or both. */
	readonly orangeSearchPath: 'bills/search' | 'search' | 'both';
}

export interface SandboxContext {
	readonly options: SandboxOptions;
	readonly ledger: ChangeableLedger;
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

/**
 * Adds one provider's routes under its own prefix, for instance `/lumen`. Each is registered in a scope of its own, so that
 * hooks, error and not-found handlers set there stay there.
 *
 * `request.body` is parsed for a JSON content type; any other body, or one without a content type, arrives as its text.
 */
export type ProviderRoutes = (app: FastifyInstance, context: SandboxContext) => void;
