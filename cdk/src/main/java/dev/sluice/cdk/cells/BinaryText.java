package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.ByteSink;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as text: Base64 (RFC 4648, section 4), or hexadecimal digits behind {@code \x} as PostgreSQL writes them. */
final class BinaryText {
    private BinaryText() {}

    /** Adds the bytes that a text stands for; false if it stands for none. */
    static boolean decode(byte[] data, int from, int to, ByteSink out) {
        if (to - from >= 2 && data[from] == '\\' && data[from + 1] == 'x') {
            return decodeHex(data, from + 2, to, out);
        }
        try {
            out.put(Base64.getDecoder().decode(Arrays.copyOfRange(data, from, to)));
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean decodeHex(byte[] data, int from, int to, ByteSink out) {
        if (((to - from) & 1) != 0) {
            return false;
        }
        int before = out.size();
        for (int i = from; i < to; i += 2) {
            int high = Character.digit(data[i], 16);
            int low = Character.digit(data[i + 1], 16);
            if ((high | low) < 0) {
                out.cutTo(before);
                return false;
            }
            out.put(high << 4 | low);
        }
        return true;
    }
}
