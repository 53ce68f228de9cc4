package dev.sluice.connector.file.input;

import java.io.InputStream;

/** Text of an encoding with one byte a character, whose first half is ASCII, as UTF-8. */
final class SingleByteInput extends RecodedInput {
    private final byte[][] upperHalf;

    SingleByteInput(InputStream encoded, byte[][] upperHalf) {
        super(encoded);
        this.upperHalf = upperHalf;
    }

    @Override
    int recode(byte[] source, int length, byte[] target) {
        int at = 0;
        for (int i = 0; i < length; i++) {
            byte value = source[i];
            if (value >= 0) {
                target[at++] = value;
            } else {
                for (byte part : upperHalf[value & 0x7F]) {
                    target[at++] = part;
                }
            }
        }
        return at;
    }

    @Override
    int finish(byte[] target) {
        return 0;
    }
}
