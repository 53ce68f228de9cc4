package dev.sluice.engine.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an expression for one row with plain Java values, the simplest way that could be right. The columnar
 * evaluation is held against it. It knows the part of the language that {@link ExpressionPropertyTest} makes.
 */
final class RowByRow {
    private final Map<String, @Nullable Object> row;

    RowByRow(Map<String, @Nullable Object> row) {
        this.row = row;
    }

    /** The row has no result. */
    static final class NoResult extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Nullable
    Object value(Syntax syntax) throws NoResult {
        return switch (syntax) {
            case Syntax.Literal(Object value, int ignored) -> value;
            case Syntax.Name(String field, int ignored) -> row.get(field);
            case Syntax.Cast cast -> throw new IllegalArgumentException("casts are tested elsewhere: " + cast);
            case Syntax.Call(String function, List<Syntax> arguments, int ignored) -> call(function, arguments);
        };
    }

    private @Nullable Object call(String function, List<Syntax> arguments) throws NoResult {
        Object first = value(arguments.getFirst());
        return switch (function) {
            case "and", "or" -> {
                boolean deciding = function.equals("or");
                if (first != null && (Boolean) first == deciding) {
                    yield deciding;
                }
                Object second = value(arguments.get(1));
                if (second != null && (Boolean) second == deciding) {
                    yield deciding;
                }
                yield first == null || second == null ? null : (Object) !deciding;
            }
            case "not" -> first == null ? null : (Object) !(Boolean) first;
            case "is null" -> first == null;
            case "if" -> value(arguments.get(Boolean.TRUE.equals(first) ? 1 : 2));
            case "coalesce" -> first != null ? first : value(arguments.get(1));
            case "lower" -> first == null ? null : ((String) first).toLowerCase(Locale.ROOT);
            case "upper" -> first == null ? null : ((String) first).toUpperCase(Locale.ROOT);
            case "trim" -> first == null ? null : ((String) first).replaceAll("^[ \t-\r]+|[ \t-\r]+$", "");
            case "length" ->
                first == null ? null : new BigDecimal(((String) first).codePointCount(0, ((String) first).length()));
            default -> both(function, first, value(arguments.get(1)));
        };
    }

    private static @Nullable Object both(String function, @Nullable Object one, @Nullable Object other)
            throws NoResult {
        if (one == null || other == null) {
            return null;
        }
        if (function.equals("||")) {
            return (String) one + other;
        }
        if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
            return switch (function) {
                case "+" -> a.add(b);
                case "-" -> a.subtract(b);
                case "*" -> a.multiply(b);
                case "/", "%" -> {
                    if (b.signum() == 0) {
                        throw new NoResult();
                    }
                    yield function.equals("%")
                            ? a.remainder(b)
                            : a.divide(b, Types.QUOTIENT_DIGITS, RoundingMode.HALF_UP);
                }
                default -> holds(function, a.compareTo(b));
            };
        }
        return holds(function, compareCodePoints((String) one, (String) other));
    }

    private static int compareCodePoints(String one, String other) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        return java.util.Arrays.compare(a, b);
    }

    private static boolean holds(String sign, int order) {
        return switch (sign) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(sign);
        };
    }
}
