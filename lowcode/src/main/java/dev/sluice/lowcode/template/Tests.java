package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be asked with {@code is}. */
final class Tests {
    private Tests() {}

    static boolean holds(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "boolean" -> value instanceof Boolean;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "string" -> value instanceof String;
            case "number" -> Values.isNumber(value);
            case "integer" -> Numbers.isWhole(value) && !(value instanceof Boolean);
            case "float" -> value instanceof Double;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" ->
                value instanceof Collection<?>
                        || value instanceof Tuple
                        || value instanceof String
                        || value instanceof Map<?, ?>;
            case "iterable" ->
                value instanceof Collection<?>
                        || value instanceof Tuple
                        || value instanceof String
                        || value instanceof Map<?, ?>
                        || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "lower" -> Values.str(value).equals(Values.str(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.str(value).equals(Values.str(value).toUpperCase(Locale.ROOT));
            default -> compared(name, value, arguments);
        };
    }

    private static boolean compared(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "odd" -> Values.equal(Operators.binary("%", value, 2L, new Allowance()), 1L);
            case "even" -> Values.equal(Operators.binary("%", value, 2L, new Allowance()), 0L);
            case "divisibleby" ->
                Values.equal(Operators.binary("%", value, first(name, arguments), new Allowance()), 0L);
            case "eq", "equalto", "sameas" -> Operators.compare("==", value, first(name, arguments));
            case "ne" -> Operators.compare("!=", value, first(name, arguments));
            case "lt", "lessthan" -> Operators.compare("<", value, first(name, arguments));
            case "le" -> Operators.compare("<=", value, first(name, arguments));
            case "gt", "greaterthan" -> Operators.compare(">", value, first(name, arguments));
            case "ge" -> Operators.compare(">=", value, first(name, arguments));
            case "in" -> Operators.compare("in", value, first(name, arguments));
            default -> throw Fault.value("the test " + name + " is not known");
        };
    }

    private static Object first(String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw Fault.type("the test " + name + " needs an argument");
        }
        return arguments.getFirst();
    }
}
