package dev.sluice.server.builder;

import dev.sluice.server.store.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A test of a project, without what was seen in it.
 *
 * @param id its id
 * @param projectId the project
 * @param stream the stream
 * @param print the print of the stream when it was tried out
 * @param status how it stands
 * @param times when it ran
 * @param facts how far it is, and what came of it
 */
public record BuilderTest(
        UUID id, UUID projectId, String stream, String print, Status status, Times times, Facts facts) {
    /** How a test stands. */
    public enum Status {
        /** It is being run. */
        RUNNING,
        /** It went through. */
        SUCCEEDED,
        /** It did not. */
        FAILED,
        /** Somebody did not want it any more. */
        CANCELLED
    }

    /**
     * When it ran.
     *
     * @param startedAt when it began
     * @param beatAt when whoever runs it was there last
     * @param endedAt when it ended; null if it did not
     */
    public record Times(
            Instant startedAt, Instant beatAt, @Nullable Instant endedAt) {}

    /**
     * How far it is, and what came of it.
     *
     * @param progress records, pages, slices, requests
     * @param outcome records, problem, warnings; null before the end
     * @param recorded true if it can be run again without asking anybody
     */
    public record Facts(Json progress, @Nullable Json outcome, boolean recorded) {}
}
