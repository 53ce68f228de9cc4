package dev.sluice.engine.expr;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an expression so that the parser reads the same again: everything in brackets, every field in quotes. */
final class Printer {
    private static final Set<String> BETWEEN =
            Set.of("or", "and", "=", "<>", "<", "<=", ">", ">=", "+", "-", "||", "*", "/", "%");

    private Printer() {}

    static String print(Syntax expression) {
        return switch (expression) {
            case Syntax.Literal(Object value, int at) -> literal(value);
            case Syntax.Name(String field, int at) -> '"' + field.replace("\"", "\"\"") + '"';
            case Syntax.Cast(Syntax value, String type, int at) -> "cast(" + print(value) + " as " + type + ")";
            case Syntax.Call(String function, List<Syntax> arguments, int at) -> call(function, arguments);
        };
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number -> number.signum() < 0 ? "(" + number.toPlainString() + ")" : number.toPlainString();
            case Boolean truth -> truth.toString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    private static String call(String function, List<Syntax> arguments) {
        if (BETWEEN.contains(function)) {
            return arguments.stream().map(Printer::print).collect(Collectors.joining(" " + function + " ", "(", ")"));
        }
        return switch (function) {
            case "not" -> "(not " + print(arguments.getFirst()) + ")";
            case "negate" -> "(-" + print(arguments.getFirst()) + ")";
            case "is null" -> "(" + print(arguments.getFirst()) + " is null)";
            case "in" ->
                "(" + print(arguments.getFirst()) + " in " + list(arguments.subList(1, arguments.size())) + ")";
            case "if" ->
                "case when " + print(arguments.get(0)) + " then " + print(arguments.get(1)) + " else "
                        + print(arguments.get(2)) + " end";
            default -> function + list(arguments);
        };
    }

    private static String list(List<Syntax> arguments) {
        return arguments.stream().map(Printer::print).collect(Collectors.joining(", ", "(", ")"));
    }
}
