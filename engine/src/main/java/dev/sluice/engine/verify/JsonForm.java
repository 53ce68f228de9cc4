package dev.sluice.engine.verify;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form of a JSON text in which two that mean the same are equal: without blanks, keys in order, of a key that occurs
 * twice the last one, numbers without needless digits. A text that is no JSON is left as it is.
 */
final class JsonForm {
    private static final int DEEPEST = 2_000;

    private final String text;
    private int at;

    private JsonForm(String text) {
        this.text = text;
    }

    static String of(String text) {
        try {
            JsonForm form = new JsonForm(text);
            String value = form.value(0);
            form.skipBlanks();
            return form.at == text.length() ? value : text;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException noJson) {
            return text;
        }
    }

    /** The form of a text as a JSON string. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String value(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        skipBlanks();
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> "\"" + string() + "\"";
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private String object(int depth) {
        Map<String, String> members = new TreeMap<>();
        at++;
        skipBlanks();
        boolean first = true;
        while (text.charAt(at) != '}') {
            if (!first) {
                expect(',');
                skipBlanks();
            }
            first = false;
            String name = string();
            skipBlanks();
            expect(':');
            members.put(name, value(depth + 1));
            skipBlanks();
        }
        at++;
        StringBuilder form = new StringBuilder("{");
        members.forEach((name, member) ->
                form.append('"').append(name).append("\":").append(member).append(','));
        return form.append('}').toString();
    }

    private String array(int depth) {
        StringBuilder form = new StringBuilder("[");
        at++;
        skipBlanks();
        boolean first = true;
        while (text.charAt(at) != ']') {
            if (!first) {
                expect(',');
            }
            first = false;
            form.append(value(depth + 1)).append(',');
            skipBlanks();
        }
        at++;
        return form.append(']').toString();
    }

    /** The characters of a string, with a quote and a backslash still marked, so that the form has one meaning. */
    private String string() {
        expect('"');
        StringBuilder characters = new StringBuilder();
        while (text.charAt(at) != '"') {
            char character = text.charAt(at++);
            if (character == '\\') {
                character = escaped();
            }
            if (character == '"' || character == '\\') {
                characters.append('\\');
            }
            characters.append(character);
        }
        at++;
        return characters.toString();
    }

    private char escaped() {
        char letter = text.charAt(at++);
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw new IllegalArgumentException("no such escape");
        };
    }

    private String number() {
        int begin = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        BigDecimal number = new BigDecimal(text.substring(begin, at)).stripTrailingZeros();
        return number.signum() == 0 ? "0" : number.unscaledValue() + "e" + -number.scale();
    }

    private String word(String word) {
        if (!text.startsWith(word, at)) {
            throw new IllegalArgumentException("no such word");
        }
        at += word.length();
        return word;
    }

    private void expect(char character) {
        if (text.charAt(at) != character) {
            throw new IllegalArgumentException("something else was expected");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
