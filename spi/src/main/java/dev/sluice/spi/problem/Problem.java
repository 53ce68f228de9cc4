package dev.sluice.spi.problem;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong, told so that the reader knows what to do next. Texts never hold secrets.
 *
 * @param code a stable code in capitals such as {@code E_AUTH_REFUSED}; programs and documents refer to it
 * @param kind whose matter it is
 * @param message what happened, one sentence without a final full stop
 * @param where the place: a file and line, a table, a host; null if the message says it
 * @param why the cause as far as known, such as the other system's own words; null if there is none
 * @param fix what to do next, best a command; null if nothing can be advised
 */
public record Problem(
        String code,
        ProblemKind kind,
        String message,
        @Nullable String where,
        @Nullable String why,
        @Nullable String fix) {
    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(message);
    }

    /** A problem of which only the message is known so far. */
    public static Problem of(String code, ProblemKind kind, String message) {
        return new Problem(code, kind, message, null, null, null);
    }

    /** The same problem at this place. */
    public Problem at(@Nullable String place) {
        return new Problem(code, kind, message, place, why, fix);
    }

    /** The same problem with this cause. */
    public Problem because(@Nullable String cause) {
        return new Problem(code, kind, message, where, cause, fix);
    }

    /** The same problem with this advice. */
    public Problem fix(@Nullable String advice) {
        return new Problem(code, kind, message, where, why, advice);
    }

    /** The exception that carries this problem. */
    public ProblemException exception() {
        return new ProblemException(this, null);
    }

    /** The exception that carries this problem, raised because of another. */
    public ProblemException exception(@Nullable Throwable cause) {
        return new ProblemException(this, cause);
    }
}
