package dev.sluice.cdk.sql;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** Names that databases can have at all. */
public final class SqlNames {
    private SqlNames() {}

    /**
     * Refuses a name that is empty or holds a NUL character, which no identifier can.
     *
     * @param product the database, for the message
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG}
     */
    public static String required(String name, String product) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw Problem.of(
                            "E_BAD_IDENTIFIER",
                            ProblemKind.CONFIG,
                            product + " can have no name that is empty or holds a NUL character")
                    .fix("leave the field or stream out, or give it another name")
                    .exception();
        }
        return name;
    }
}
