package dev.sluice.cli.output;

import dev.sluice.cli.text.Style;
import dev.sluice.engine.run.StreamStatus;

/** The words for how a stream stands. */
final class StreamWords {
    private StreamWords() {}

    static String of(StreamStatus status) {
        return switch (status) {
            case PENDING -> "waiting";
            case WAITING -> "retrying";
            case PREPARING -> "preparing";
            case RUNNING -> "copying";
            case PUBLISHING -> "publishing";
            case COMPLETE -> "complete";
            case ALREADY_COMPLETE -> "already complete";
            case FAILED -> "failed";
            case CANCELLED -> "stopped";
        };
    }

    static Style style(StreamStatus status) {
        return switch (status) {
            case PENDING, WAITING, PREPARING, RUNNING, PUBLISHING -> Style.DIM;
            case COMPLETE, ALREADY_COMPLETE -> Style.GOOD;
            case FAILED -> Style.BAD;
            case CANCELLED -> Style.WARN;
        };
    }
}
