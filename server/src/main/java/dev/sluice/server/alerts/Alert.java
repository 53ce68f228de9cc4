package dev.sluice.server.alerts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is, or was, wrong with a connection.
 *
 * @param id its identity
 * @param connectionId the connection
 * @param connectionName what it is called
 * @param kind what is wrong
 * @param cause what was told when it was seen last
 * @param course since when, and until when
 * @param attention what people have made of it
 */
public record Alert(
        UUID id,
        UUID connectionId,
        String connectionName,
        AlertKind kind,
        Cause cause,
        Course course,
        Attention attention) {
    /**
     * Why there is an alert.
     *
     * @param jobId the job that showed it; null if none did
     * @param code the code of the problem, or of the rule; null for none
     * @param message one sentence of the problem; null where the kind says it all
     * @param count how many it is about, such as rejected records or changed streams; null where nothing is counted
     */
    public record Cause(
            @Nullable Long jobId,
            @Nullable String code,
            @Nullable String message,
            @Nullable Long count) {}

    /**
     * Since when it has been so.
     *
     * @param openedAt when it was seen first
     * @param lastAt when it was seen last
     * @param times how often it was seen
     * @param resolvedAt when it was right again; null while it is not
     */
    public record Course(
            Instant openedAt,
            Instant lastAt,
            long times,
            @Nullable Instant resolvedAt) {}

    /**
     * What people have made of it.
     *
     * @param acknowledgedBy who has said that they look after it; null if nobody
     * @param acknowledgedAt when they did
     * @param snoozedUntil until when nobody wants to hear of it; null for no such time
     */
    public record Attention(
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant snoozedUntil) {}

    /** How far somebody has got with it. */
    public AlertState state(Instant now) {
        if (course.resolvedAt() != null) {
            return AlertState.RESOLVED;
        }
        boolean sleeps =
                attention.snoozedUntil() != null && attention.snoozedUntil().isAfter(now);
        return attention.acknowledgedAt() != null || sleeps ? AlertState.SILENCED : AlertState.OPEN;
    }
}
