package dev.sluice.duckdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts quotes around the numbers that JSON has no form for.
 *
 * <p>DuckDB's {@code to_json} writes {@code NaN}, {@code Infinity} and {@code -Infinity} as they are, which no reader of
 * JSON takes. As texts they stay readable and nothing is lost.
 */
final class NotFinite {
    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.US_ASCII);

    private NotFinite() {}

    /** The JSON text with such numbers quoted: the same array if there are none. */
    static byte[] quoted(byte[] json) {
        ByteArrayOutputStream out = null;
        int copied = 0;
        int i = 0;
        while (i < json.length) {
            if (json[i] == '"') {
                i = endOfText(json, i);
                continue;
            }
            byte[] word = wordAt(json, i);
            if (word == null) {
                i++;
                continue;
            }
            if (out == null) {
                out = new ByteArrayOutputStream(json.length + 16);
            }
            out.write(json, copied, i - copied);
            out.write('"');
            out.writeBytes(word);
            out.write('"');
            i += word.length;
            copied = i;
        }
        if (out == null) {
            return json;
        }
        out.write(json, copied, json.length - copied);
        return out.toByteArray();
    }

    private static byte @Nullable [] wordAt(byte[] json, int at) {
        return switch (json[at]) {
            case 'N' -> startsWith(json, at, NAN) ? NAN : null;
            case 'I' -> startsWith(json, at, INFINITY) ? INFINITY : null;
            case '-' -> startsWith(json, at, MINUS_INFINITY) ? MINUS_INFINITY : null;
            default -> null;
        };
    }

    private static boolean startsWith(byte[] json, int at, byte[] word) {
        if (at + word.length > json.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (json[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int endOfText(byte[] json, int quote) {
        int i = quote + 1;
        while (i < json.length && json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
