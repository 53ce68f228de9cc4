package dev.sluice.cli.output;

import dev.sluice.spi.problem.Problem;

/** The codes with which the program ends. */
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int ENVIRONMENT = 3;
    public static final int PARTIAL = 4;
    public static final int PLAN_CHANGES = 5;
    public static final int NOT_PERMITTED = 6;
    public static final int CONFLICT = 7;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The code for a problem. */
    public static int of(Problem problem) {
        if (problem.code().equals("E_TIMEOUT")) {
            return CONFLICT;
        }
        if (problem.code().equals("E_PLAN_STALE")) {
            return PLAN_CHANGES;
        }
        if (problem.code().equals("E_TOO_MANY_REJECTS")) {
            return PARTIAL;
        }
        return switch (problem.kind()) {
            case CONFIG -> USAGE;
            case PERMISSION -> NOT_PERMITTED;
            case UNREACHABLE, RESOURCE -> ENVIRONMENT;
            case CONFLICT -> CONFLICT;
            case CANCELLED -> INTERRUPTED;
            case TRANSIENT, DATA, INTEGRITY, INTERNAL -> FAILED;
        };
    }
}
