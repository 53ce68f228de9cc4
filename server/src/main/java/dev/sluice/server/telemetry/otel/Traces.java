package dev.sluice.server.telemetry.otel;

import dev.sluice.engine.run.StreamProgress;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces: a job with its attempts and their streams, on whichever servers they were made, and requests. There are names of streams
 * in them and codes of problems; no values, and no messages of others.
 */
public final class Traces implements RunObserver, JobListener, RequestListener, AutoCloseable {
    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("sluice.stream");
    private static final AttributeKey<String> PROBLEM = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> COMMITTED = AttributeKey.longKey("sluice.records.committed");
    private static final long LAST_SECONDS = 3;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Clock clock;

    /** Those that go where the settings say. */
    public Traces(OtelSettings settings, Clock clock) {
        this.clock = clock;
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(Traces.class.getClassLoader())
                .disableShutdownHook()
                .addPropertiesCustomizer(_ -> settings.properties())
                .addPropertiesCustomizer(_ -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
                .addTracerProviderCustomizer((provider, _) -> provider.setIdGenerator(new JobIds()))
                .build()
                .getOpenTelemetrySdk();
        this.tracer = sdk.getTracer("dev.sluice");
    }

    @Override
    public Watch begun(RunningJob job) {
        Span span = tracer.spanBuilder("attempt")
                .setParent(Context.root().with(Span.wrap(JobIds.of(job.job()))))
                .setAttribute("sluice.job.id", job.job().id())
                .setAttribute("sluice.job.kind", word(job.job().wish().kind()))
                .setAttribute("sluice.attempt", job.attempt())
                .startSpan();
        return new Following(span);
    }

    /** One attempt with its streams. */
    private final class Following implements Watch {
        private final Span attempt;
        private final Map<StreamId, Span> streams = new ConcurrentHashMap<>();

        Following(Span attempt) {
            this.attempt = attempt;
        }

        @Override
        public void changed(StreamProgress stream) {
            Span span = streams.computeIfAbsent(stream.plan().stream(), this::begin);
            if (stream.status().isEnd()) {
                span.setAttribute("sluice.stream.status", word(stream.status()));
                span.setAttribute("sluice.records.read", stream.rowsRead());
                span.setAttribute(COMMITTED, stream.rowsCommitted());
                span.setAttribute("sluice.records.rejected", stream.rowsRejected());
                end(span, stream.problem());
                streams.remove(stream.plan().stream());
            }
        }

        private Span begin(StreamId stream) {
            return tracer.spanBuilder("stream")
                    .setParent(Context.root().with(attempt))
                    .setAttribute(STREAM, stream.toString())
                    .startSpan();
        }

        @Override
        public void committed(StreamProgress stream, Commit commit) {
            Span span = streams.get(stream.plan().stream());
            if (span != null) {
                Instant now = clock.instant();
                tracer.spanBuilder("commit")
                        .setParent(Context.root().with(span))
                        .setStartTimestamp(now.minus(commit.took()))
                        .setAttribute(STREAM, stream.plan().stream().toString())
                        .setAttribute("sluice.split", commit.split())
                        .setAttribute(COMMITTED, commit.rows())
                        .startSpan()
                        .end(now);
            }
        }

        @Override
        public void retrying(StreamProgress stream, Problem why, Duration pause) {
            Span span = streams.get(stream.plan().stream());
            if (span != null) {
                span.addEvent("retry", Attributes.of(PROBLEM, why.code()));
            }
        }

        @Override
        public void ended(AttemptResult result) {
            streams.values().forEach(Span::end);
            attempt.setAttribute("sluice.outcome", word(result.outcome()));
            end(attempt, result.problem());
        }
    }

    private static void end(Span span, @Nullable Problem problem) {
        if (problem != null) {
            span.setStatus(StatusCode.ERROR, problem.code());
            span.setAttribute(PROBLEM, problem.code());
        }
        span.end();
    }

    /** The job itself is told when it is over, by the server that ended it; its attempts knew its number before. */
    @Override
    public void ended(Transaction transaction, Job job) {
        transaction.afterwards(() -> JobIds.with(JobIds.of(job), () -> {
            Instant begun = Objects.requireNonNullElse(
                    job.times().startedAt(), job.times().createdAt());
            Span span = tracer.spanBuilder("job " + word(job.wish().kind()))
                    .setNoParent()
                    .setStartTimestamp(begun)
                    .setAttribute("sluice.job.id", job.id())
                    .setAttribute(
                            "sluice.workspace.id", job.wish().workspaceId().toString())
                    .setAttribute(
                            "sluice.connection.id", String.valueOf(job.wish().connectionId()))
                    .setAttribute("sluice.job.status", word(job.status()))
                    .setAttribute("sluice.records", job.totals().records())
                    .setAttribute("sluice.bytes", job.totals().bytes())
                    .startSpan();
            if (job.status() == JobStatus.FAILED) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end(Objects.requireNonNullElse(job.times().endedAt(), begun));
        }));
    }

    @Override
    public void answered(Answered request) {
        Context parent = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), request.traceParent(), new TraceParent());
        Span span = tracer.spanBuilder(request.method() + (request.route().isEmpty() ? "" : " " + request.route()))
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(request.begun())
                .setAttribute("http.request.method", request.method())
                .setAttribute("http.response.status_code", request.status())
                .startSpan();
        if (!request.route().isEmpty()) {
            span.setAttribute("http.route", request.route());
        }
        if (request.status() >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(request.begun().plus(request.took()));
    }

    /** The one header of a request that says something of traces. */
    private static final class TraceParent implements TextMapGetter<String> {
        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals("traceparent") ? carrier : null;
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
        sdk.close();
    }
}
