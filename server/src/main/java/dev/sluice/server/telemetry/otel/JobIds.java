package dev.sluice.server.telemetry.otel;

import dev.sluice.server.jobs.Job;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The numbers of spans. Those of a job follow from the job, so that its attempts belong to it although they are told before it, and on
 * other servers; all others are random.
 */
final class JobIds implements IdGenerator {
    private static final ScopedValue<SpanContext> GIVEN = ScopedValue.newInstance();
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private final IdGenerator random = IdGenerator.random();

    /** The span of a job. */
    static SpanContext of(Job job) {
        String what =
                job.wish().workspaceId() + "/" + job.id() + "/" + job.times().createdAt();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(digest);
            return SpanContext.createFromRemoteParent(
                    digits.substring(0, TRACE_DIGITS),
                    digits.substring(TRACE_DIGITS, TRACE_DIGITS + SPAN_DIGITS),
                    TraceFlags.getSampled(),
                    TraceState.getDefault());
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** Does something in which a span gets the numbers of this one. */
    static void with(SpanContext given, Runnable action) {
        ScopedValue.where(GIVEN, given).run(action);
    }

    @Override
    public String generateSpanId() {
        return GIVEN.isBound() ? GIVEN.get().getSpanId() : random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return GIVEN.isBound() ? GIVEN.get().getTraceId() : random.generateTraceId();
    }
}
