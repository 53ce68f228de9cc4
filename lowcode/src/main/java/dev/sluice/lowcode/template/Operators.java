package dev.sluice.lowcode.template;

import dev.sluice.lowcode.time.CalendarSpan;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators of expressions. */
final class Operators {
    private Operators() {}

    static Object binary(String operator, Object a, Object b, Allowance allowance) {
        Values.requireDefined(a);
        Values.requireDefined(b);
        if (Values.isNumber(a) && Values.isNumber(b)) {
            return Numbers.apply(operator, a, b);
        }
        Object result = switch (operator) {
            case "+" -> plus(a, b, allowance);
            case "-" -> minus(a, b);
            case "*" -> times(a, b, allowance);
            case "%" -> a instanceof String format ? Formatting.percent(format, b) : null;
            default -> null;
        };
        if (result == null) {
            throw Fault.type("unsupported operand types for " + operator + ": " + Values.typeName(a) + " and "
                    + Values.typeName(b));
        }
        return result;
    }

    private static @Nullable Object plus(Object a, Object b, Allowance allowance) {
        if (a instanceof String x && b instanceof String y) {
            return allowance.made(x + y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return joined(x, y, allowance);
        }
        if (a instanceof Tuple(List<Object> x) && b instanceof Tuple(List<Object> y)) {
            return new Tuple(joined(x, y, allowance));
        }
        Object sum = later(a, b);
        return sum == null ? later(b, a) : sum;
    }

    private static List<Object> joined(List<?> a, List<?> b, Allowance allowance) {
        allowance.steps(a.size() + (long) b.size());
        List<Object> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static @Nullable Object later(Object moment, Object span) {
        if (moment instanceof Duration x && span instanceof Duration y) {
            return x.plus(y);
        }
        return switch (moment) {
            case Moment at when span instanceof Duration by -> at.plus(by);
            case Moment at when span instanceof CalendarSpan by -> by.after(at);
            case LocalDate at when span instanceof Duration by -> at.plusDays(by.toDays());
            case LocalDate at
            when span instanceof CalendarSpan by ->
                at.plusMonths(by.months()).plusDays(by.rest().toDays());
            default -> null;
        };
    }

    private static @Nullable Object minus(Object a, Object b) {
        return switch (a) {
            case Moment x when b instanceof Moment y -> Duration.between(y.instant(), x.instant());
            case Moment x when b instanceof Duration by -> x.plus(by.negated());
            case Moment x when b instanceof CalendarSpan by -> by.before(x);
            case LocalDate x when b instanceof LocalDate y -> Duration.ofDays(x.toEpochDay() - y.toEpochDay());
            case LocalDate x when b instanceof Duration by -> x.minusDays(by.toDays());
            case LocalDate x
            when b instanceof CalendarSpan by ->
                x.minusMonths(by.months()).minusDays(by.rest().toDays());
            case Duration x when b instanceof Duration by -> x.minus(by);
            default -> null;
        };
    }

    private static @Nullable Object times(Object a, Object b, Allowance allowance) {
        if (a instanceof String text && Numbers.isWhole(b)) {
            long count = Math.max(0, Numbers.big(b).longValueExact());
            allowance.steps(count * (1 + text.length() / 16));
            if (count * text.length() > 16 << 20) {
                throw Fault.limit("a text that is repeated too often");
            }
            return text.repeat((int) count);
        }
        if (a instanceof Duration span && Numbers.isWhole(b)) {
            return span.multipliedBy(Numbers.big(b).longValueExact());
        }
        return Numbers.isWhole(a) && !Values.isNumber(b) ? times(b, a, allowance) : null;
    }

    static Object sign(boolean minus, Object value) {
        Values.requireDefined(value);
        if (value instanceof Duration span) {
            return minus ? span.negated() : span;
        }
        return minus
                ? Numbers.apply("-", 0L, value) instanceof Double
                        ? (Object) (-Numbers.real(value))
                        : Numbers.apply("-", 0L, value)
                : Numbers.apply("+", 0L, value);
    }

    static boolean compare(String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> Values.equal(a, b);
            case "!=" -> !Values.equal(a, b);
            case "in" -> contains(b, a);
            case "not in" -> !contains(b, a);
            case "<" -> Values.compare(a, b) < 0;
            case "<=" -> Values.compare(a, b) <= 0;
            case ">" -> Values.compare(a, b) > 0;
            default -> Values.compare(a, b) >= 0;
        };
    }

    private static boolean contains(Object container, Object wanted) {
        return switch (container) {
            case Undefined ignored -> false;
            case String text -> {
                if (wanted instanceof Undefined) {
                    yield true;
                }
                if (!(wanted instanceof String part)) {
                    throw Fault.type("only a text can be in a text");
                }
                yield text.contains(part);
            }
            case Map<?, ?> map -> map.containsKey(wanted);
            case Collection<?> many -> anyEqual(many, wanted);
            case Tuple(List<Object> items) -> anyEqual(items, wanted);
            default -> throw Fault.type("argument of type " + Values.typeName(container) + " is not iterable");
        };
    }

    private static boolean anyEqual(Collection<?> many, Object wanted) {
        for (Object each : many) {
            if (Values.equal(each, wanted)) {
                return true;
            }
        }
        return false;
    }

    static Object slice(Object of, Object from, Object to, Object step) {
        Values.requireDefined(of);
        List<Object> items = Values.items(of instanceof Map<?, ?> ? throwMap() : of);
        long stride = step instanceof None ? 1 : Numbers.big(step).longValueExact();
        if (stride == 0) {
            throw Fault.value("slice step cannot be zero");
        }
        int size = items.size();
        long start = bound(from, stride > 0 ? 0 : size - 1L, size, stride);
        long end = bound(to, stride > 0 ? size : -1L, size, stride);
        List<Object> chosen = new ArrayList<>();
        for (long i = start; stride > 0 ? i < end : i > end; i += stride) {
            chosen.add(items.get((int) i));
        }
        return switch (of) {
            case String ignored -> {
                StringBuilder text = new StringBuilder();
                chosen.forEach(text::append);
                yield text.toString();
            }
            case Tuple ignored -> new Tuple(chosen);
            default -> chosen;
        };
    }

    private static Object throwMap() {
        throw Fault.type("a dict cannot be sliced");
    }

    private static long bound(Object given, long fallback, int size, long stride) {
        if (given instanceof None) {
            return fallback;
        }
        long place = Numbers.big(Values.requireDefined(given)).longValueExact();
        long counted = place < 0 ? place + size : place;
        return stride > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
    }
}
