package dev.sluice.connector.file.avro;

import dev.sluice.connector.file.input.DamagedFileException;
import java.io.IOException;

/** The bytes of a block, read value by value. Nothing is read beyond their end. One thread uses it. */
final class AvroBytes {
    private byte[] data = {};
    private int at;
    private int end;

    /** Takes other bytes. */
    void take(byte[] bytes, int length) {
        data = bytes;
        at = 0;
        end = length;
    }

    byte[] data() {
        return data;
    }

    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    int next() throws DamagedFileException {
        require(1);
        return data[at++] & 0xFF;
    }

    boolean truth() throws DamagedFileException {
        int value = next();
        if (value > 1) {
            throw new DamagedFileException("a truth value is neither 0 nor 1");
        }
        return value == 1;
    }

    /** A number of up to 64 bits, by sevens of bits and zigzag. */
    long whole() throws DamagedFileException {
        long bits = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int value = next();
            bits |= (long) (value & 0x7F) << shift;
            if (value < 0x80) {
                return bits >>> 1 ^ -(bits & 1);
            }
        }
        throw new DamagedFileException("a number has more than ten bytes");
    }

    /** Gives one byte after the other. */
    interface Bytes {
        byte next() throws IOException;
    }

    /** Such a number out of bytes that lie elsewhere. */
    static long whole(Bytes bytes) throws IOException {
        AvroBytes number = new AvroBytes();
        byte[] ten = new byte[10];
        int length = 0;
        do {
            ten[length] = bytes.next();
            length++;
        } while (ten[length - 1] < 0 && length < ten.length);
        number.take(ten, length);
        return number.whole();
    }

    /** A number of up to 32 bits. */
    int whole32() throws DamagedFileException {
        long value = whole();
        if (value != (int) value) {
            throw new DamagedFileException("an int is out of its range");
        }
        return (int) value;
    }

    float float32() throws DamagedFileException {
        return Float.intBitsToFloat((int) little(4));
    }

    double float64() throws DamagedFileException {
        return Double.longBitsToDouble(little(8));
    }

    private long little(int bytes) throws DamagedFileException {
        require(bytes);
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits |= (data[at++] & 0xFFL) << (8 * i);
        }
        return bits;
    }

    /** A length of bytes that are there. */
    int length() throws DamagedFileException {
        long length = whole();
        if (length < 0 || length > end - at) {
            throw new DamagedFileException("a value claims " + length + " bytes, and " + (end - at) + " follow");
        }
        return (int) length;
    }

    /** A place in a list. */
    int index(int size) throws DamagedFileException {
        long index = whole();
        if (index < 0 || index >= size) {
            throw new DamagedFileException("a value names number " + index + " of " + size);
        }
        return (int) index;
    }

    /** Steps over bytes; where they begin. */
    int skip(int bytes) throws DamagedFileException {
        require(bytes);
        int from = at;
        at += bytes;
        return from;
    }

    private void require(int bytes) throws DamagedFileException {
        if (bytes > end - at) {
            throw new DamagedFileException("a value ends behind the end of its block");
        }
    }
}
