package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;

/** Decompresses the raw format of Snappy: a length, then runs of new bytes and copies of earlier ones. */
final class Snappy {
    private final byte[] in;
    private final int end;
    private final ByteSink out;
    private int at;

    private Snappy(byte[] in, int end, ByteSink out) {
        this.in = in;
        this.end = end;
        this.out = out;
    }

    static void decompress(byte[] in, int end, ByteSink out, int most) throws DamagedFileException {
        Snappy snappy = new Snappy(in, end, out);
        long length = snappy.length();
        if (length > most) {
            throw AvroCodec.tooLarge(most);
        }
        while (snappy.at < end) {
            snappy.element(length);
        }
        if (out.size() != length) {
            throw new DamagedFileException("it promises " + length + " bytes and holds " + out.size());
        }
    }

    private long length() throws DamagedFileException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int value = number(1);
            length |= (long) (value & 0x7F) << shift;
            if (value < 0x80) {
                return length;
            }
        }
        throw new DamagedFileException("its length has more than five bytes");
    }

    private void element(long length) throws DamagedFileException {
        int tag = number(1);
        switch (tag & 3) {
            case 0 -> {
                int code = tag >>> 2;
                literal(1 + (code < 60 ? code : number(code - 59)), length);
            }
            case 1 -> copy((tag >>> 5) << 8 | number(1), 4 + (tag >>> 2 & 7), length);
            case 2 -> copy(number(2), 1 + (tag >>> 2), length);
            default -> copy(number(4), 1 + (tag >>> 2), length);
        }
    }

    private int number(int bytes) throws DamagedFileException {
        if (bytes > end - at) {
            throw new DamagedFileException("it ends in the middle");
        }
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (in[at++] & 0xFF) << (8 * i);
        }
        return number;
    }

    private void literal(int bytes, long length) throws DamagedFileException {
        if (bytes <= 0 || bytes > end - at || bytes > length - out.size()) {
            throw new DamagedFileException("a run of bytes is longer than the block");
        }
        out.put(in, at, bytes);
        at += bytes;
    }

    private void copy(int back, int bytes, long length) throws DamagedFileException {
        if (back <= 0 || back > out.size() || bytes > length - out.size()) {
            throw new DamagedFileException("a copy refers to what is not there");
        }
        byte[] target = out.reserve(bytes);
        int to = out.size();
        for (int i = 0; i < bytes; i++) {
            target[to + i] = target[to + i - back];
        }
        out.advance(bytes);
    }
}
