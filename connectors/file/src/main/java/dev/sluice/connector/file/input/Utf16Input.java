package dev.sluice.connector.file.input;

import java.io.InputStream;

/** Text in UTF-16 as UTF-8; a surrogate without its other half becomes the byte FF. */
final class Utf16Input extends RecodedInput {
    private static final byte UNDECODABLE = (byte) 0xFF;

    private final boolean bigEndian;
    private int firstByte = -1;
    private int highSurrogate = -1;

    Utf16Input(InputStream encoded, boolean bigEndian) {
        super(encoded);
        this.bigEndian = bigEndian;
    }

    @Override
    int recode(byte[] source, int length, byte[] target) {
        int at = 0;
        for (int i = 0; i < length; i++) {
            int value = source[i] & 0xFF;
            if (firstByte < 0) {
                firstByte = value;
            } else {
                int unit = bigEndian ? firstByte << 8 | value : value << 8 | firstByte;
                firstByte = -1;
                at = unit(unit, target, at);
            }
        }
        return at;
    }

    private int unit(int unit, byte[] target, int from) {
        int at = from;
        boolean low = Character.isLowSurrogate((char) unit);
        if (highSurrogate >= 0) {
            int high = highSurrogate;
            highSurrogate = -1;
            if (low) {
                return point(Character.toCodePoint((char) high, (char) unit), target, at);
            }
            target[at++] = UNDECODABLE;
        } else if (low) {
            target[at++] = UNDECODABLE;
            return at;
        }
        if (Character.isHighSurrogate((char) unit)) {
            highSurrogate = unit;
            return at;
        }
        return point(unit, target, at);
    }

    private static int point(int point, byte[] target, int from) {
        int at = from;
        if (point < 0x80) {
            target[at++] = (byte) point;
        } else if (point < 0x800) {
            target[at++] = (byte) (0xC0 | point >> 6);
            target[at++] = (byte) (0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            target[at++] = (byte) (0xE0 | point >> 12);
            target[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
            target[at++] = (byte) (0x80 | (point & 0x3F));
        } else {
            target[at++] = (byte) (0xF0 | point >> 18);
            target[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
            target[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
            target[at++] = (byte) (0x80 | (point & 0x3F));
        }
        return at;
    }

    @Override
    int finish(byte[] target) {
        boolean half = firstByte >= 0 || highSurrogate >= 0;
        firstByte = -1;
        highSurrogate = -1;
        if (half) {
            target[0] = UNDECODABLE;
        }
        return half ? 1 : 0;
    }
}
