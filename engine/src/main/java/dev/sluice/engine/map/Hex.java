package dev.sluice.engine.map;

import dev.sluice.spi.data.BytesColumn;

/** Writes bytes as hexadecimal digits into a column. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private Hex() {}

    /** Adds one row with the digits of the bytes. */
    static void append(byte[] bytes, int length, BytesColumn.Builder to) {
        int at = to.reserve(2 * length);
        byte[] data = to.data();
        for (int i = 0; i < length; i++) {
            data[at++] = DIGITS[(bytes[i] >> 4) & 0xF];
            data[at++] = DIGITS[bytes[i] & 0xF];
        }
    }
}
