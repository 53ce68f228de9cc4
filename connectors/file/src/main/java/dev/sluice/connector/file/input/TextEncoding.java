package dev.sluice.connector.file.input;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The character encoding of a text file. */
public enum TextEncoding {
    UTF_8("utf-8"),
    LATIN_1("iso-8859-1"),
    WINDOWS_1252("windows-1252"),
    UTF_16_LE("utf-16le"),
    UTF_16_BE("utf-16be");

    /** The code points of 0x80 to 0x9F in windows-1252; the five without a meaning stand for themselves (WHATWG). */
    private static final String WINDOWS_UPPER =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private final String label;

    TextEncoding(String label) {
        this.label = label;
    }

    /** The name in configurations. */
    public String label() {
        return label;
    }

    /** The names in configurations. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(TextEncoding::label).toList();
    }

    /** The encoding of a name, also of the other usual ones. */
    public static Optional<TextEncoding> of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8", "ascii", "us-ascii" -> Optional.of(UTF_8);
            case "iso-8859-1", "latin1", "latin-1" -> Optional.of(LATIN_1);
            case "windows-1252", "cp1252" -> Optional.of(WINDOWS_1252);
            case "utf-16le", "utf-16", "utf16" -> Optional.of(UTF_16_LE);
            case "utf-16be" -> Optional.of(UTF_16_BE);
            default -> Optional.empty();
        };
    }

    /** What a byte order mark at the beginning gives away; UTF-8 if there is none. */
    public static TextEncoding ofMark(byte[] head, int length) {
        int first = length >= 2 ? (head[0] & 0xFF) << 8 | (head[1] & 0xFF) : 0;
        return switch (first) {
            case 0xFFFE -> UTF_16_LE;
            case 0xFEFF -> UTF_16_BE;
            default -> UTF_8;
        };
    }

    /** The same text in UTF-8; what cannot be decoded becomes the byte FF, which no UTF-8 text has. */
    public InputStream toUtf8(InputStream encoded) {
        return switch (this) {
            case UTF_8 -> encoded;
            case LATIN_1 -> new SingleByteInput(encoded, table(""));
            case WINDOWS_1252 -> new SingleByteInput(encoded, table(WINDOWS_UPPER));
            case UTF_16_LE -> new Utf16Input(encoded, false);
            case UTF_16_BE -> new Utf16Input(encoded, true);
        };
    }

    /** The UTF-8 of each byte beyond ASCII. */
    private static byte[][] table(String fromHex80) {
        byte[][] table = new byte[128][];
        for (int i = 0; i < 128; i++) {
            char character = i < fromHex80.length() ? fromHex80.charAt(i) : (char) (i + 128);
            table[i] = String.valueOf(character).getBytes(StandardCharsets.UTF_8);
        }
        return table;
    }
}
