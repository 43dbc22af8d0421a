/** OpenTelemetry traces: spans of this server's requests and of its requests to providers; free until an SDK is there. */
import { type Span, SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

const TRACER = 'telecom-billing-graphql';
const SDK = '@opentelemetry/sdk-node';

/** Does the work inside a span of its own. What fails fails as before, and the span says so. */
export async function inSpan<T>(
	name: string,
	attributes: Readonly<Record<string, string>>,
	work: (span: Span) => Promise<T>,
): Promise<T> {
	return trace.getTracer(TRACER).startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
		try {
			return await work(span);
		} catch (error) {
			// Kinds only: a message may name a bill.
			const kind = error instanceof Error && 'kind' in error ? String(error.kind) : 'ERROR';
			span.setAttribute('error.type', kind).setStatus({ code: SpanStatusCode.ERROR });
			throw error;
		} finally {
			span.end();
		}
	});
}

/** A span around every request, below the caller's where it says; none where instrumentation made one already. */
export function traceRequests(app: FastifyInstance): void {
	const spans = new WeakMap<object, Span>();
	app.addHook('onRequest', (request, _reply, done) => {
		if (trace.getActiveSpan() !== undefined) {
			done();
			return;
		}
		const caller = propagation.extract(context.active(), request.headers);
		const route = request.routeOptions.url ?? 'unknown';
		const attributes = { 'http.request.method': request.method, 'http.route': route };
		const span = trace
			.getTracer(TRACER)
			.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
		spans.set(request, span);
		context.with(trace.setSpan(caller, span), done);
	});
	app.addHook('onResponse', async (request, reply) => {
		spans.get(request)?.setAttribute('http.response.status_code', reply.statusCode).end();
	});
}

interface Sdk {
	start(): void;
	shutdown(): Promise<void>;
}

/**
 * Starts the OpenTelemetry SDK where an exporter is named in the environment and the SDK is installed.
 * @returns what sends the last spans off; null where there is nothing to send
 */
export async function startTracing(
	env: Readonly<Record<string, string | undefined>>,
	log: Logger,
	load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<(() => Promise<void>) | null> {
	const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
	if (endpoint === undefined || endpoint === '' || env['OTEL_SDK_DISABLED'] === 'true') return null;
	try {
		const { NodeSDK } = (await load(SDK)) as { NodeSDK: new (options: { serviceName: string }) => Sdk };
		const sdk = new NodeSDK({ serviceName: env['OTEL_SERVICE_NAME'] ?? TRACER });
		sdk.start();
		return () => sdk.shutdown();
	} catch {
		log.warn(`Traces are asked for, and ${SDK} is not installed: install it beside this server, or unset the endpoint`);
		return null;
	}
}
