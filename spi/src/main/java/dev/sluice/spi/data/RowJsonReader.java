package dev.sluice.spi.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows that {@link RowJson} writes, which have no objects or lists in them. */
final class RowJsonReader {
    private final String text;
    private int at;

    RowJsonReader(String text) {
        this.text = text;
    }

    /** The row; null if this is none. */
    @Nullable
    Map<String, @Nullable String> read() {
        try {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            expect('{');
            if (next() == '}') {
                at++;
            } else {
                member(row);
                while (next() == ',') {
                    at++;
                    member(row);
                }
                expect('}');
            }
            return at == text.length() ? row : null;
        } catch (IndexOutOfBoundsException | IllegalArgumentException noRow) {
            return null;
        }
    }

    private void member(Map<String, @Nullable String> row) {
        String name = string();
        expect(':');
        row.put(name, value());
    }

    private @Nullable String value() {
        if (next() == '"') {
            return string();
        }
        int from = at;
        while (",}".indexOf(next()) < 0) {
            at++;
        }
        String bare = text.substring(from, at);
        if (!bare.matches("null|true|false|-?[0-9][-+.0-9eE]*")) {
            throw new IllegalArgumentException(bare);
        }
        return bare.equals("null") ? null : bare;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char character = text.charAt(at++); character != '"'; character = text.charAt(at++)) {
            out.append(character == '\\' ? escaped() : character);
        }
        return out.toString();
    }

    private char escaped() {
        char letter = text.charAt(at++);
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> letter;
        };
    }

    private char next() {
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (text.charAt(at++) != wanted) {
            throw new IllegalArgumentException(text);
        }
    }
}
