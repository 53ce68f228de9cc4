package dev.sluice.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Looks at what went wrong. */
public final class Problems {
    private Problems() {}

    /** Fails unless the call fails with a problem of this code. */
    public static void assertProblem(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo(code));
    }
}
