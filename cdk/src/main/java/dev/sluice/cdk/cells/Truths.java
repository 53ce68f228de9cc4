package dev.sluice.cdk.cells;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Truth values as files write them. */
final class Truths {
    static final int TRUE = 1;
    static final int FALSE = 0;
    static final int NEITHER = -1;

    private Truths() {}

    /**
     * What a text means.
     *
     * @param lenient false to understand only {@code true}, {@code false}, {@code t} and {@code f} in one case
     */
    static int of(byte[] data, int from, int to, boolean lenient) {
        int length = to - from;
        if (length == 1) {
            return switch (data[from]) {
                case 't', 'T' -> TRUE;
                case 'f', 'F' -> FALSE;
                default -> lenient ? word(data, from, to) : NEITHER;
            };
        }
        if (length > 5 || length == 0) {
            return NEITHER;
        }
        String word = new String(data, from, length, StandardCharsets.ISO_8859_1);
        return switch (word) {
            case "true", "TRUE", "True" -> TRUE;
            case "false", "FALSE", "False" -> FALSE;
            default -> lenient ? word(data, from, to) : NEITHER;
        };
    }

    private static int word(byte[] data, int from, int to) {
        String word = new String(data, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "1", "y", "yes", "on", "true" -> TRUE;
            case "0", "n", "no", "off", "false" -> FALSE;
            default -> NEITHER;
        };
    }
}
