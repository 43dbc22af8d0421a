/** The connection to Redis: may break and mend itself while the server runs, and nobody waits for it in between. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from '@keyv/redis';

import type { Locks } from './once';

export interface RedisLinkOptions {
	/** `redis://` or `rediss://`. */
	readonly url: string;
	/** Told when the link breaks and when it is back; the reason never holds the URL's password. */
	readonly onChange?: (reachable: boolean, reason: string) => void;
}

const CONNECT_TIMEOUT_MS = 2_000;
/** A server that answers no ping for this long is gone. */
const SILENCE_MS = 3_000;
const PING_EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 2_000;
/** How long a command may keep an answer waiting. */
const PATIENCE_MS = 500;

export class RedisLink implements Locks {
	readonly client;
	private wasReachable: boolean | null = null;

	private constructor({ url, onChange = () => undefined }: RedisLinkOptions) {
		this.client = createClient({
			url,
			// While Redis is away, commands fail at once instead of piling up.
			disableOfflineQueue: true,
			pingInterval: PING_EVERY_MS,
			socket: {
				connectTimeout: CONNECT_TIMEOUT_MS,
				socketTimeout: SILENCE_MS,
				reconnectStrategy: (retries) => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** retries),
			},
		});
		const tell = (reachable: boolean, reason: string): void => {
			if (this.wasReachable === reachable) return;
			this.wasReachable = reachable;
			onChange(reachable, reason);
		};
		this.client.on('ready', () => tell(true, 'Redis answers'));
		this.client.on('error', (error: unknown) => tell(false, codeOf(error)));
	}

	/** Resolves when Redis answers, or when it is clear that it does not for now: the link goes on trying. */
	static async open(options: RedisLinkOptions): Promise<RedisLink> {
		const link = new RedisLink(options);
		const connected = link.client.connect().then(
			() => undefined,
			() => undefined,
		);
		await Promise.race([connected, sleep(CONNECT_TIMEOUT_MS, undefined, { ref: false })]);
		return link;
	}

	get isReachable(): boolean {
		return this.client.isReady;
	}

	/** The command's answer, or undefined where Redis does not give one soon. Never rejects. */
	async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
		if (!this.isReachable) return undefined;
		const late = new AbortController();
		try {
			const patience = sleep(PATIENCE_MS, undefined, { signal: late.signal });
			return await Promise.race([command(), patience]);
		} catch {
			return undefined;
		} finally {
			late.abort();
		}
	}

	async take(name: string, forMs: number): Promise<(() => Promise<void>) | 'TAKEN' | 'NO_LOCKS'> {
		const mark = randomUUID();
		const answer = await this.attempt(() => this.client.set(name, mark, { NX: true, PX: forMs }));
		if (answer === undefined) return 'NO_LOCKS';
		if (answer === null) return 'TAKEN';
		return async () => {
			await this.attempt(() => this.client.eval(RELEASE, { keys: [name], arguments: [mark] }));
		};
	}

	close(): void {
		this.client.destroy();
	}
}

/** Only the holder's own lock: it may have run out meanwhile, and be somebody else's now. */
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return 'unknown trouble';
	if ('code' in error && typeof error.code === 'string') return error.code;
	return error instanceof Error ? error.name : 'unknown trouble';
}
