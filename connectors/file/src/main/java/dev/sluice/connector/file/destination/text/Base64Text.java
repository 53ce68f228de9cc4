package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.ByteSink;
import java.nio.charset.StandardCharsets;

/** Bytes as text in Base64 with padding (RFC 4648, section 4), whatever their number. */
final class Base64Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.ISO_8859_1);

    /** Divisible by three, so that only the last piece needs padding. */
    private static final int PIECE = LineSink.PIECE / 3 * 3;

    private Base64Text() {}

    static void append(LineSink out, byte[] data, int from, int to) {
        int at = from;
        while (to - at > PIECE) {
            appendPiece(out.buffer(), data, at, at + PIECE);
            out.relieve();
            at += PIECE;
        }
        appendPiece(out.buffer(), data, at, to);
    }

    private static void appendPiece(ByteSink out, byte[] data, int from, int to) {
        int length = (to - from + 2) / 3 * 4;
        byte[] target = out.reserve(length);
        int put = out.size();
        int at = from;
        for (; at + 3 <= to; at += 3) {
            int bits = (data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF);
            target[put++] = DIGITS[bits >>> 18];
            target[put++] = DIGITS[bits >>> 12 & 63];
            target[put++] = DIGITS[bits >>> 6 & 63];
            target[put++] = DIGITS[bits & 63];
        }
        int rest = to - at;
        if (rest > 0) {
            int bits = (data[at] & 0xFF) << 16 | (rest == 2 ? (data[at + 1] & 0xFF) << 8 : 0);
            target[put++] = DIGITS[bits >>> 18];
            target[put++] = DIGITS[bits >>> 12 & 63];
            target[put++] = rest == 2 ? DIGITS[bits >>> 6 & 63] : (byte) '=';
            target[put++] = '=';
        }
        out.advance(length);
    }
}
