package dev.sluice.lowcode.http;

import dev.sluice.spi.problem.ProblemKind;

/**
 * What is to be done about an answer.
 *
 * @param action what
 * @param kind whose matter it is if it fails
 * @param message why, for people
 */
record Resolution(Action action, ProblemKind kind, String message) {
    enum Action {
        SUCCESS,
        FAIL,
        RETRY,
        IGNORE,
        RATE_LIMITED,
        RESET_PAGINATION,
        REFRESH_TOKEN_THEN_RETRY
    }

    static final Resolution OK = new Resolution(Action.SUCCESS, ProblemKind.INTERNAL, "");
}
