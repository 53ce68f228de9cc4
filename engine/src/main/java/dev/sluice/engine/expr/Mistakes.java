package dev.sluice.engine.expr;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** What is wrong with an expression before any row is read. */
final class Mistakes {
    /** The code of all of them. */
    static final String CODE = "E_EXPRESSION";

    private Mistakes() {}

    static ProblemException of(String message, int at) {
        return of(message, at, null);
    }

    static ProblemException of(String message, int at, @Nullable String fix) {
        return Problem.of(CODE, ProblemKind.CONFIG, message)
                .because("at character " + (at + 1) + " of the expression")
                .fix(fix)
                .exception();
    }
}
