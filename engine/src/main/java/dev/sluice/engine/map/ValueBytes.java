package dev.sluice.engine.map;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that stand for the values of a column where they are hashed or encrypted: texts, documents and binary values
 * as they are, all others as their canonical text. Nothing is made for the first and for whole numbers.
 */
final class ValueBytes {
    private static final int MOST_DIGITS = 20;

    private final DataType type;
    private final Column column;
    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] data = digits;
    private int from;
    private int length;

    ValueBytes(DataType type, Column column) {
        this.type = type;
        this.column = column;
    }

    /** Steps to a row that holds a value. */
    void at(int row) {
        if (column instanceof BytesColumn bytes) {
            data = bytes.data();
            from = bytes.start(row);
            length = bytes.length(row);
        } else if (type instanceof DataType.IntType) {
            whole(column instanceof IntColumn ints ? ints.values()[row] : ((LongColumn) column).values()[row]);
        } else {
            data = ValueText.of(type, column, row).orElse("").getBytes(StandardCharsets.UTF_8);
            from = 0;
            length = data.length;
        }
    }

    byte[] data() {
        return data;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    private void whole(long value) {
        data = digits;
        int at = MOST_DIGITS;
        long rest = value;
        do {
            // The remainder of a negative number is negative: so the lowest number of all needs no special care.
            long digit = rest % 10;
            digits[--at] = (byte) ('0' + Math.abs(digit));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        from = at;
        length = MOST_DIGITS - at;
    }
}
