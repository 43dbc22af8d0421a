/** Reads the configuration again and again, so that a secret which was replaced is taken without a restart. */
import type { ServerConfig } from '../configSchema';

export interface ConfigWatchOptions {
	/** The configuration as it reads at first. */
	readonly known: ServerConfig;
	/** Reads it with all files it names. @throws ConfigError */
	readonly load: () => ServerConfig;
	readonly everyMs: number;
	readonly onChange: (config: ServerConfig) => void;
	/** Told once of each kind of trouble; what is in use stays in use. */
	readonly onTrouble: (error: unknown) => void;
}

/**
 * Files are read rather than watched: mounted secrets are replaced in ways that file events miss.
 * @returns what ends the watch
 */
export function watchConfig({ known, load, everyMs, onChange, onTrouble }: ConfigWatchOptions): () => void {
	let current = JSON.stringify(known);
	let trouble: string | null = null;
	const look = (): void => {
		try {
			const config = load();
			trouble = null;
			const text = JSON.stringify(config);
			if (text === current) return;
			current = text;
			onChange(config);
		} catch (error) {
			if (String(error) === trouble) return;
			trouble = String(error);
			onTrouble(error);
		}
	};
	const timer = setInterval(look, everyMs).unref();
	return () => clearInterval(timer);
}
