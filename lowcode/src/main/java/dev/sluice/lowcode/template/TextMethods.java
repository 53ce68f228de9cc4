package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The methods of texts. */
final class TextMethods {
    private static final Set<String> NAMES = Set.of(
            "split",
            "rsplit",
            "join",
            "replace",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "lower",
            "upper",
            "title",
            "capitalize",
            "format",
            "find",
            "rfind",
            "index",
            "count",
            "isdigit",
            "isnumeric",
            "isdecimal",
            "isalpha",
            "isalnum",
            "islower",
            "isupper",
            "isspace",
            "zfill",
            "ljust",
            "rjust",
            "splitlines",
            "partition",
            "rpartition",
            "removeprefix",
            "removesuffix",
            "casefold",
            "swapcase");

    private TextMethods() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    static Object call(String text, String name, Arguments arguments, Allowance allowance) {
        Object result = switch (name) {
            case "lower", "casefold" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "title" -> title(text);
            case "capitalize" -> capitalized(text);
            case "swapcase" -> swapped(text);
            case "format" -> Formatting.braces(text, arguments);
            case "split" -> split(text, arguments);
            case "rsplit" -> splitFromEnd(text, arguments);
            case "splitlines" -> new ArrayList<Object>(text.lines().toList());
            case "join" -> join(text, arguments.required(0, "items"), allowance);
            case "replace" -> replace(text, arguments, allowance);
            case "strip" -> strip(text, arguments, true, true);
            case "lstrip" -> strip(text, arguments, true, false);
            case "rstrip" -> strip(text, arguments, false, true);
            case "startswith" -> anyOf(arguments.required(0, "prefix"), text::startsWith);
            case "endswith" -> anyOf(arguments.required(0, "suffix"), text::endsWith);
            case "find" -> (long) text.indexOf(arguments.text(0, "part"));
            case "rfind" -> (long) text.lastIndexOf(arguments.text(0, "part"));
            case "index" -> index(text, arguments.text(0, "part"));
            case "count" -> count(text, arguments.text(0, "part"));
            case "partition" -> partition(text, arguments.text(0, "mark"), false);
            case "rpartition" -> partition(text, arguments.text(0, "mark"), true);
            default -> more(text, name, arguments);
        };
        return result instanceof String made ? allowance.made(made) : result;
    }

    private static Object more(String text, String name, Arguments arguments) {
        return switch (name) {
            case "isdigit", "isnumeric", "isdecimal" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Character::isWhitespace);
            case "islower" -> !text.equals(text.toUpperCase(Locale.ROOT)) && text.equals(text.toLowerCase(Locale.ROOT));
            case "isupper" -> !text.equals(text.toLowerCase(Locale.ROOT)) && text.equals(text.toUpperCase(Locale.ROOT));
            case "removeprefix" -> {
                String prefix = arguments.text(0, "prefix");
                yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            }
            case "removesuffix" -> {
                String suffix = arguments.text(0, "suffix");
                yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
            }
            case "zfill" -> {
                String pad = padding(text, arguments, "0");
                boolean signed = text.startsWith("-") || text.startsWith("+");
                yield signed ? text.charAt(0) + pad + text.substring(1) : pad + text;
            }
            case "ljust" -> text + padding(text, arguments, arguments.text(1, "fill", " "));
            default -> padding(text, arguments, arguments.text(1, "fill", " ")) + text;
        };
    }

    private static String padding(String text, Arguments arguments, String with) {
        long width = arguments.whole(0, "width", 0);
        if (width > 1 << 20) {
            throw Fault.limit("a text that is padded to more than a million characters");
        }
        return with.repeat((int) Math.max(0, width - text.length()));
    }

    private static boolean all(String text, IntPredicate fits) {
        return !text.isEmpty() && text.codePoints().allMatch(fits);
    }

    private static boolean anyOf(Object wanted, Predicate<String> fits) {
        if (wanted instanceof Tuple(List<Object> several)) {
            return several.stream().anyMatch(each -> fits.test(Values.str(each)));
        }
        if (wanted instanceof String one) {
            return fits.test(one);
        }
        throw Fault.type("only texts can be looked for in a text");
    }

    static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String swapped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return out.toString();
    }

    private static List<Object> split(String text, Arguments arguments) {
        long most = arguments.whole(1, "maxsplit", -1);
        Object mark = arguments.optional(0, "sep").orElse(None.NONE);
        List<Object> parts = new ArrayList<>();
        if (mark instanceof None) {
            String rest = text.strip();
            while (!rest.isEmpty()) {
                String[] two = most == 0 ? new String[] {rest} : rest.split("\\s+", 2);
                parts.add(two[0]);
                rest = two.length > 1 ? two[1] : "";
                most--;
            }
            return parts;
        }
        String separator = separator(mark);
        int from = 0;
        while (true) {
            int end = most-- == 0 ? -1 : text.indexOf(separator, from);
            if (end < 0) {
                parts.add(text.substring(from));
                return parts;
            }
            parts.add(text.substring(from, end));
            from = end + separator.length();
        }
    }

    private static List<Object> splitFromEnd(String text, Arguments arguments) {
        long most = arguments.whole(1, "maxsplit", -1);
        Object mark = arguments.optional(0, "sep").orElse(None.NONE);
        if (most < 0 || mark instanceof None) {
            return split(text, arguments);
        }
        String separator = separator(mark);
        List<Object> parts = new ArrayList<>();
        String rest = text;
        while (most-- > 0 && rest.contains(separator)) {
            int at = rest.lastIndexOf(separator);
            parts.addFirst(rest.substring(at + separator.length()));
            rest = rest.substring(0, at);
        }
        parts.addFirst(rest);
        return parts;
    }

    private static String separator(Object mark) {
        if (!(mark instanceof String separator)) {
            throw Fault.type("a text is split at a text");
        }
        if (separator.isEmpty()) {
            throw Fault.value("empty separator");
        }
        return separator;
    }

    static String join(String between, Object items, Allowance allowance) {
        StringBuilder out = new StringBuilder();
        String before = "";
        for (Object each : Values.items(items)) {
            if (!(each instanceof String part)) {
                throw Fault.type("only texts can be joined, not a " + Values.typeName(each));
            }
            out.append(before).append(part);
            allowance.step();
            before = between;
        }
        return allowance.made(out).toString();
    }

    private static String replace(String text, Arguments arguments, Allowance allowance) {
        String old = arguments.text(0, "old");
        String with = arguments.text(1, "new");
        long most = arguments.whole(2, "count", -1);
        return replaced(text, old, with, most, allowance);
    }

    static String replaced(String text, String old, String with, long most, Allowance allowance) {
        if (old.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        int at = text.indexOf(old);
        for (long left = most; at >= 0 && left != 0; left--) {
            allowance.steps(1 + with.length() / 16);
            allowance.made(out.append(text, from, at).append(with));
            from = at + old.length();
            at = text.indexOf(old, from);
        }
        return out.append(text.substring(from)).toString();
    }

    private static String strip(String text, Arguments arguments, boolean left, boolean right) {
        Object given = arguments.optional(0, "chars").orElse(None.NONE);
        IntPredicate goes = given instanceof None
                ? Character::isWhitespace
                : c -> Values.str(given).indexOf(c) >= 0;
        int from = 0;
        int to = text.length();
        while (left && from < to && goes.test(text.charAt(from))) {
            from++;
        }
        while (right && to > from && goes.test(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static long index(String text, String part) {
        int at = text.indexOf(part);
        if (at < 0) {
            throw Fault.value("substring not found");
        }
        return at;
    }

    private static long count(String text, String part) {
        long count = 0;
        int at = part.isEmpty() ? -1 : text.indexOf(part);
        while (at >= 0) {
            count++;
            at = text.indexOf(part, at + part.length());
        }
        return count;
    }

    private static Tuple partition(String text, String mark, boolean last) {
        int at = last ? text.lastIndexOf(mark) : text.indexOf(mark);
        if (at < 0) {
            return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), mark, text.substring(at + mark.length()));
    }
}
