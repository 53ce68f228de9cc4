package dev.sluice.lowcode.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a text as a literal of Python, as {@code ast.literal_eval} does: the rule by which results of templates get types. */
public final class Literals {
    private static final int MOST_DEPTH = 100;
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[bB][01]+(?:_[01]+)*"
            + "|0[oO][0-7]+(?:_[0-7]+)*"
            + "|(?:[0-9]+(?:_[0-9]+)*)?\\.[0-9]+(?:_[0-9]+)*(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?"
            + "|[0-9]+(?:_[0-9]+)*\\.(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?"
            + "|[0-9]+(?:_[0-9]+)*[eE][+-]?[0-9]+(?:_[0-9]+)*"
            + "|0+(?:_0+)*(?![0-9_])|[1-9][0-9]*(?:_[0-9]+)*");

    private final String text;
    private int at;
    private int open;

    private Literals(String text) {
        this.text = text;
    }

    /** The value of a text that is a literal; empty if it is none. */
    public static Optional<Object> read(String text) {
        if (cannotBe(text)) {
            return Optional.empty();
        }
        try {
            Literals reader = new Literals(text);
            Object value = reader.top();
            return Optional.of(value);
        } catch (NotOne notOne) {
            return Optional.empty();
        }
    }

    /** Most results begin with a letter or end in one: a quick no for them. */
    private static boolean cannotBe(String text) {
        if (text.isEmpty() || text.length() > (8 << 20)) {
            return true;
        }
        char first = text.charAt(0);
        return Character.isLetter(first) && "TFNrRuUsbB".indexOf(first) < 0;
    }

    private static final class NotOne extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotOne() {
            super(null, null, false, false);
        }
    }

    private Object top() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        int end = emptyLineEnd();
        while (end > 0) {
            at = end;
            end = emptyLineEnd();
        }
        boolean indented = at > 0 && text.charAt(at - 1) == '\n' && at < text.length() && text.charAt(at) <= ' ';
        if (indented) {
            throw new NotOne();
        }
        Object value = tupleOrOne(0);
        skip();
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
            skip();
        }
        if (at < text.length()) {
            throw new NotOne();
        }
        return value;
    }

    /** Where the next line begins if there is nothing on this one, as Python passes over those; 0 if there is something. */
    private int emptyLineEnd() {
        int here = at;
        while (here < text.length() && " \t\f\r".indexOf(text.charAt(here)) >= 0) {
            here++;
        }
        if (here < text.length() && text.charAt(here) == '#') {
            here = text.indexOf('\n', here);
        }
        return here >= 0 && here < text.length() && text.charAt(here) == '\n' ? here + 1 : 0;
    }

    private Object tupleOrOne(int depth) {
        Object first = one(depth);
        if (!eat(',')) {
            return first;
        }
        List<Object> items = new ArrayList<>(List.of(first));
        while (startsValue()) {
            items.add(one(depth));
            if (!eat(',')) {
                break;
            }
        }
        return new Tuple(items);
    }

    private boolean startsValue() {
        skip();
        return at < text.length() && ")]}\n\r".indexOf(text.charAt(at)) < 0;
    }

    private Object one(int depth) {
        if (depth > MOST_DEPTH) {
            throw new NotOne();
        }
        skip();
        if (at >= text.length()) {
            throw new NotOne();
        }
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> parenthesis(depth);
            case '[' -> list(depth);
            case '{' -> mapOrSet(depth);
            case '\'', '"' -> strings();
            case '+', '-' -> signed();
            default -> Character.isDigit(c) || c == '.' ? number() : word();
        };
    }

    private Object signed() {
        boolean minus = text.charAt(at++) == '-';
        skip();
        if (at >= text.length() || !(Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            throw new NotOne();
        }
        Object number = number();
        if (!minus) {
            return number;
        }
        return number instanceof Double real
                ? (Object) (-real)
                : Numbers.whole(Numbers.big(number).negate());
    }

    private Object number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new NotOne();
        }
        at = matcher.end();
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            throw new NotOne();
        }
        String digits = matcher.group().replace("_", "");
        if (digits.length() > 4300) {
            throw new NotOne();
        }
        if (digits.length() > 2
                && digits.charAt(0) == '0'
                && Character.isLetter(digits.charAt(1))
                && "eE".indexOf(digits.charAt(1)) < 0) {
            int radix = switch (Character.toLowerCase(digits.charAt(1))) {
                case 'x' -> 16;
                case 'o' -> 8;
                default -> 2;
            };
            return Numbers.whole(new BigInteger(digits.substring(2), radix));
        }
        boolean real = digits.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
        return real ? (Object) Double.parseDouble(digits) : Numbers.whole(new BigInteger(digits));
    }

    private Object word() {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean beforeQuote = at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
        if (beforeQuote && (word.equalsIgnoreCase("r") || word.equalsIgnoreCase("u"))) {
            at = start;
            return strings();
        }
        if (word.equals("set") && text.startsWith("()", at)) {
            at += 2;
            return new LinkedHashSet<Object>();
        }
        return switch (word) {
            case "True" -> true;
            case "False" -> false;
            case "None" -> None.NONE;
            default -> throw new NotOne();
        };
    }

    private Object parenthesis(int depth) {
        at++;
        open++;
        if (eat(')')) {
            open--;
            return new Tuple(List.of());
        }
        Object value = tupleOrOne(depth + 1);
        close(')');
        return value;
    }

    private Object list(int depth) {
        at++;
        open++;
        List<Object> items = new ArrayList<>();
        while (startsValue()) {
            items.add(one(depth + 1));
            if (!eat(',')) {
                break;
            }
        }
        close(']');
        return items;
    }

    private Object mapOrSet(int depth) {
        at++;
        open++;
        Map<Object, Object> map = new LinkedHashMap<>();
        Set<Object> set = new LinkedHashSet<>();
        while (startsValue()) {
            Object key = one(depth + 1);
            if (key instanceof List<?> || key instanceof Map<?, ?> || key instanceof Set<?>) {
                throw new NotOne();
            }
            if (eat(':')) {
                map.put(key, one(depth + 1));
            } else {
                set.add(key);
            }
            if (!eat(',')) {
                break;
            }
        }
        close('}');
        if (!set.isEmpty() && !map.isEmpty()) {
            throw new NotOne();
        }
        return set.isEmpty() ? map : set;
    }

    private void close(char mark) {
        if (!eat(mark)) {
            throw new NotOne();
        }
        open--;
    }

    private boolean eat(char mark) {
        skip();
        if (at < text.length() && text.charAt(at) == mark) {
            at++;
            return true;
        }
        return false;
    }

    /** Blanks and comments; inside brackets line ends too. */
    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || c == '\f' || (open > 0 && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    /** One or more texts one after the other, which Python joins. */
    private Object strings() {
        StringBuilder joined = new StringBuilder();
        boolean more = true;
        while (more) {
            joined.append(string());
            skip();
            more = at < text.length() && startsString();
        }
        return joined.toString();
    }

    private boolean startsString() {
        char c = text.charAt(at);
        boolean prefixed = "rRuU".indexOf(c) >= 0
                && at + 1 < text.length()
                && (text.charAt(at + 1) == '\'' || text.charAt(at + 1) == '"');
        return c == '\'' || c == '"' || prefixed;
    }

    private String string() {
        boolean raw = false;
        if (Character.isLetter(text.charAt(at))) {
            raw = Character.toLowerCase(text.charAt(at)) == 'r';
            at++;
        }
        char mark = text.charAt(at);
        String end = text.startsWith(String.valueOf(mark).repeat(3), at)
                ? String.valueOf(mark).repeat(3)
                : "" + mark;
        at += end.length();
        StringBuilder content = new StringBuilder();
        while (!text.startsWith(end, at)) {
            if (at >= text.length() || (end.length() == 1 && text.charAt(at) == '\n')) {
                throw new NotOne();
            }
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(raw, content);
            } else {
                content.append(c);
            }
        }
        at += end.length();
        return content.toString();
    }

    private void escape(boolean raw, StringBuilder content) {
        if (at >= text.length()) {
            throw new NotOne();
        }
        char c = text.charAt(at++);
        if (raw) {
            content.append('\\').append(c);
            return;
        }
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> content.append(c);
            case 'n' -> content.append('\n');
            case 't' -> content.append('\t');
            case 'r' -> content.append('\r');
            case 'a' -> content.append('\u0007');
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'v' -> content.append('\u000B');
            case 'x' -> content.appendCodePoint(hex(2));
            case 'u' -> content.appendCodePoint(hex(4));
            case 'U' -> content.appendCodePoint(hex(8));
            default -> {
                if (c >= '0' && c <= '7') {
                    at--;
                    content.appendCodePoint(octal());
                } else {
                    content.append('\\').append(c);
                }
            }
        }
    }

    private int octal() {
        int value = 0;
        for (int i = 0; i < 3 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
            value = value * 8 + (text.charAt(at++) - '0');
        }
        return value;
    }

    private int hex(int digits) {
        if (at + digits > text.length()) {
            throw new NotOne();
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text.charAt(at++), 16);
            if (digit < 0) {
                throw new NotOne();
            }
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw new NotOne();
        }
        return value;
    }
}
