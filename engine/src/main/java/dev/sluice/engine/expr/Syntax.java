package dev.sluice.engine.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it is written, not typed yet. */
public sealed interface Syntax {
    /** Where it stands in its text, from 0. */
    int at();

    /**
     * A value.
     *
     * @param value a String, BigDecimal, Boolean or null
     */
    record Literal(@Nullable Object value, int at) implements Syntax {}

    /** A field of the row. */
    record Name(String field, int at) implements Syntax {}

    /**
     * A function, an operator or a condition.
     *
     * @param function its name in small letters, or the sign of the operator
     */
    record Call(String function, List<Syntax> arguments, int at) implements Syntax {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * The value as one of another type.
     *
     * @param type the type as it is written, such as {@code decimal(12,2)}
     */
    record Cast(Syntax value, String type, int at) implements Syntax {}

    /**
     * Reads an expression.
     *
     * @throws dev.sluice.spi.problem.ProblemException with the code {@value Mistakes#CODE} if it is none
     */
    static Syntax parse(String text) {
        return new Parser(text).parse();
    }

    /** The expression as a text of which {@link #parse} makes the same again. */
    default String text() {
        return Printer.print(this);
    }

    /** A literal that stands in no text. */
    static Syntax literal(@Nullable Object value) {
        return new Literal(value, 0);
    }

    /** A call that stands in no text. */
    static Syntax call(String function, Syntax... arguments) {
        return new Call(function, List.of(arguments), 0);
    }
}
