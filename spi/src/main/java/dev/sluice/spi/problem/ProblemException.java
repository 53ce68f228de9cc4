package dev.sluice.spi.problem;

import org.jspecify.annotations.Nullable;

/** The unchecked exception of connectors and engine: it carries a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.message(), cause);
        this.problem = problem;
    }

    /** What went wrong. */
    public Problem problem() {
        return problem;
    }
}
